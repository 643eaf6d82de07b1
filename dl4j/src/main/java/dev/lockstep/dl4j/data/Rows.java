package dev.lockstep.dl4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Examples of data sets: how many, how long, and some of them. */
final class Rows {
    private Rows() {}

    /** 0 for a data set without features. */
    static int count(MultiDataSet examples) {
        INDArray[] features = examples.getFeatures();
        return features == null || features.length == 0 || features[0] == null || features[0].isEmpty()
                ? 0
                : Math.toIntExact(features[0].size(0));
    }

    /** Of its sequences, masked ones and all; 0 where there are none. */
    static int timeSteps(MultiDataSet examples) {
        return Stream.of(examples.getFeatures(), examples.getLabels())
                .filter(arrays -> arrays != null)
                .flatMap(Arrays::stream)
                .filter(array -> array != null && array.rank() == 3)
                .mapToInt(array -> Math.toIntExact(array.size(2)))
                .max()
                .orElse(0);
    }

    static MultiDataSet of(MultiDataSet examples, int from, int to) {
        if (from == 0 && to == count(examples)) {
            return examples;
        }
        return new org.nd4j.linalg.dataset.MultiDataSet(
                of(examples.getFeatures(), from, to),
                of(examples.getLabels(), from, to),
                of(examples.getFeaturesMaskArrays(), from, to),
                of(examples.getLabelsMaskArrays(), from, to));
    }

    private static INDArray[] of(INDArray[] arrays, int from, int to) {
        return arrays == null
                ? null
                : Arrays.stream(arrays)
                        .map(array -> array == null ? null : of(array, from, to))
                        .toArray(INDArray[]::new);
    }

    private static INDArray of(INDArray array, int from, int to) {
        INDArrayIndex[] all = new INDArrayIndex[array.rank()];
        Arrays.fill(all, NDArrayIndex.all());
        all[0] = NDArrayIndex.interval(from, to);
        return array.get(all);
    }

    /** One after another; sequences of several lengths are padded and masked, as Deeplearning4j's own merging does. */
    static MultiDataSet merged(List<MultiDataSet> parts) {
        return parts.size() == 1 ? parts.get(0) : org.nd4j.linalg.dataset.MultiDataSet.merge(parts);
    }
}
