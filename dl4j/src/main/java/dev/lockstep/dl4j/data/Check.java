package dev.lockstep.dl4j.data;

import dev.lockstep.dl4j.net.Flat;
import dev.lockstep.driver.DataException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Packs the data sets of a partition, and refuses what no network can learn from. */
final class Check implements Function2<Integer, Iterator<MultiDataSet>, Iterator<PackedExamples>> {
    @Override
    public Iterator<PackedExamples> call(Integer partition, Iterator<MultiDataSet> examples) {
        return new Iterator<>() {
            private int number;

            @Override
            public boolean hasNext() {
                return examples.hasNext();
            }

            @Override
            public PackedExamples next() {
                MultiDataSet next = examples.next();
                require(next, "partition=" + partition + ", data set=" + number++);
                return PackedExamples.of(next);
            }
        };
    }

    private static void require(MultiDataSet examples, String where) {
        int rows = Rows.count(examples);
        if (rows > 0 && isMissing(examples.getLabels())) {
            throw new DataException("A data set must have labels: " + where + ", labels=null. Give each output one.");
        }
        require(examples.getFeatures(), rows, "features", where);
        require(examples.getLabels(), rows, "labels", where);
        require(examples.getFeaturesMaskArrays(), rows, "features mask", where);
        require(examples.getLabelsMaskArrays(), rows, "labels mask", where);
    }

    private static boolean isMissing(INDArray[] labels) {
        return labels == null || labels.length == 0 || Arrays.asList(labels).contains(null);
    }

    private static void require(INDArray[] arrays, int rows, String name, String where) {
        for (int i = 0; arrays != null && i < arrays.length; i++) {
            if (arrays[i] == null || arrays[i].isEmpty()) {
                continue;
            }
            String which = where + ", array=" + name + " " + i;
            if (arrays[i].size(0) != rows) {
                throw new DataException("Arrays of a data set must have the same number of examples: " + which
                        + ", examples=" + arrays[i].size(0) + ", features=" + rows);
            }
            requireFinite(arrays[i], which);
        }
    }

    private static void requireFinite(INDArray array, String which) {
        if (!array.dataType().isFPType()) {
            return;
        }
        FloatBuffer values = Flat.view(array.castTo(DataType.FLOAT).dup('c'));
        for (int i = 0; i < values.capacity(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new DataException("Value must be finite: " + which + ", example="
                        + i / (array.length() / array.size(0)) + ", value=" + values.get(i));
            }
        }
    }
}
