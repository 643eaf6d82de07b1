package dev.lockstep.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Examples for tests, drawn. */
final class Data {
    private Data() {}

    /** Rows of normal numbers, with one of some classes each. */
    static DataSet table(int rows, int columns, int classes) {
        Nd4j.getRandom().setSeed(12);
        return new DataSet(Nd4j.randn(DataType.FLOAT, rows, columns), oneHot(rows, classes));
    }

    /** Rows of pixels, as of MNIST. */
    static DataSet images(int rows) {
        Nd4j.getRandom().setSeed(13);
        return new DataSet(Nd4j.rand(DataType.FLOAT, rows, 784), oneHot(rows, 10));
    }

    /** Sequences of 3 numbers and 2 classes at each time step; the later ones of some rows are masked. */
    static DataSet sequences(int rows, int timeSteps) {
        Nd4j.getRandom().setSeed(14);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, 2, timeSteps);
        INDArray mask = Nd4j.ones(DataType.FLOAT, rows, timeSteps);
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < timeSteps; t++) {
                labels.putScalar(new int[] {row, (row + t) % 2, t}, 1);
                mask.putScalar(new int[] {row, t}, t < timeSteps - row % 3 ? 1 : 0);
            }
        }
        return new DataSet(Nd4j.randn(DataType.FLOAT, rows, 3, timeSteps), labels, mask, mask.dup());
    }

    /** A table of which some rows do not count. */
    static DataSet masked(int rows, int columns, int classes) {
        DataSet data = table(rows, columns, classes);
        INDArray mask = Nd4j.ones(DataType.FLOAT, rows, 1);
        for (int row = 2; row < rows; row += 5) {
            mask.putScalar(row, 0, 0);
        }
        data.setLabelsMaskArray(mask);
        return data;
    }

    static MultiDataSet pairs(int rows) {
        Nd4j.getRandom().setSeed(15);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {Nd4j.randn(DataType.FLOAT, rows, 4), Nd4j.randn(DataType.FLOAT, rows, 3)},
                new INDArray[] {oneHot(rows, 2), Nd4j.randn(DataType.FLOAT, rows, 1)});
    }

    private static INDArray oneHot(int rows, int classes) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, classes);
        for (int row = 0; row < rows; row++) {
            labels.putScalar(row, (row * 7 + row / 3) % classes, 1);
        }
        return labels;
    }

    /** The same rows in data sets of these sizes, again and again. */
    static List<DataSet> cut(DataSet data, int... sizes) {
        List<DataSet> parts = new ArrayList<>();
        int row = 0;
        for (int i = 0; row < data.numExamples(); i++) {
            int end = Math.min(data.numExamples(), row + sizes[i % sizes.length]);
            parts.add(new DataSet(
                    rows(data.getFeatures(), row, end),
                    rows(data.getLabels(), row, end),
                    rows(data.getFeaturesMaskArray(), row, end),
                    rows(data.getLabelsMaskArray(), row, end)));
            row = end;
        }
        return parts;
    }

    static List<MultiDataSet> cut(MultiDataSet data, int... sizes) {
        int rows = (int) data.getFeatures(0).size(0);
        List<MultiDataSet> parts = new ArrayList<>();
        int row = 0;
        for (int i = 0; row < rows; i++) {
            int end = Math.min(rows, row + sizes[i % sizes.length]);
            parts.add(new org.nd4j.linalg.dataset.MultiDataSet(
                    new INDArray[] {rows(data.getFeatures(0), row, end), rows(data.getFeatures(1), row, end)},
                    new INDArray[] {rows(data.getLabels(0), row, end), rows(data.getLabels(1), row, end)}));
            row = end;
        }
        return parts;
    }

    private static INDArray rows(INDArray array, int from, int to) {
        if (array == null) {
            return null;
        }
        return switch (array.rank()) {
            case 2 ->
                array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup();
            case 3 ->
                array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all())
                        .dup();
            default ->
                array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all())
                        .dup();
        };
    }
}
