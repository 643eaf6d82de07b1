package dev.lockstep.losses;

import java.util.Arrays;

/** Gives the plain target values of a data source the shape that a loss wants. */
final class TargetShapes {
    private TargetShapes() {}

    static Tensor likePredictions(double[] values, int... predictions) {
        requireCount(values, sizeOf(predictions, -1), predictions);
        return Tensor.of(values, predictions);
    }

    /** One class index for every position: the predictions' shape without the classes. */
    static Tensor classIndices(double[] values, int... predictions) {
        int classes = predictions.length == 1 ? 0 : 1;
        requireCount(values, sizeOf(predictions, classes), predictions);
        return Tensor.ofIndices(values, without(classes, predictions));
    }

    /** One value for every row along the last dimension. */
    static Tensor perRow(double[] values, int... predictions) {
        int last = predictions.length - 1;
        requireCount(values, sizeOf(predictions, last), predictions);
        return Tensor.of(values, without(last, predictions));
    }

    /** Whether there is a value for every class at every position, and not one for every position. */
    static boolean holdsProbabilities(double[] values, int... predictions) {
        int classes = predictions.length == 1 ? 0 : 1;
        return predictions[classes] != 1 && values.length > 0 && values.length == sizeOf(predictions, -1);
    }

    static int[] without(int dimension, int... shape) {
        int[] result = new int[shape.length - 1];
        for (int d = 0; d < result.length; d++) {
            result[d] = shape[d < dimension ? d : d + 1];
        }

        return result;
    }

    private static long sizeOf(int[] shape, int skipped) {
        long size = 1;
        for (int d = 0; d < shape.length; d++) {
            size *= d == skipped ? 1 : shape[d];
        }

        return size;
    }

    private static void requireCount(double[] values, long expected, int... predictions) {
        if (values.length != expected) {
            throw new IllegalArgumentException("Targets do not fit the predictions: targets=" + values.length
                    + ", expected=" + expected + ", predictions=" + Arrays.toString(predictions));
        }
    }
}
