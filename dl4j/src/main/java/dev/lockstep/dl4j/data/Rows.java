package dev.lockstep.dl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
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
        if (parts.size() == 1) {
            return parts.get(0);
        }
        MultiDataSet merged = org.nd4j.linalg.dataset.MultiDataSet.merge(parts);
        giveMasks(merged.getFeatures(), merged.getFeaturesMaskArrays(), parts, MultiDataSet::getFeaturesMaskArrays);
        giveMasks(merged.getLabels(), merged.getLabelsMaskArrays(), parts, MultiDataSet::getLabelsMaskArrays);
        return merged;
    }

    /** But for sequences: ND4J takes a mask of whole rows for one of single values. */
    private static void giveMasks(
            INDArray[] arrays, INDArray[] masks, List<MultiDataSet> parts, Function<MultiDataSet, INDArray[]> own) {
        for (int i = 0; masks != null && i < masks.length; i++) {
            if (masks[i] != null && arrays[i].rank() != 3) {
                masks[i] = joined(i, parts, own);
            }
        }
    }

    private static INDArray joined(int array, List<MultiDataSet> parts, Function<MultiDataSet, INDArray[]> own) {
        long[] shape = parts.stream()
                .map(own)
                .filter(masks -> masks != null && masks[array] != null)
                .map(masks -> masks[array].shape().clone())
                .findFirst()
                .orElseThrow();
        List<INDArray> joined = new ArrayList<>();
        for (MultiDataSet part : parts) {
            INDArray[] masks = own.apply(part);
            shape[0] = count(part);
            joined.add(masks == null || masks[array] == null ? Nd4j.ones(DataType.FLOAT, shape) : masks[array]);
        }
        return Nd4j.concat(0, joined.toArray(INDArray[]::new));
    }
}
