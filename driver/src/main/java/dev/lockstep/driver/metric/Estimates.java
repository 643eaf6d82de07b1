package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import java.util.Arrays;

/** Takes from predictions what is to be held against the targets. */
final class Estimates {
    private Estimates() {}

    static Tensor of(Loss loss, Tensor predictions) {
        return switch (Meaning.of(loss)) {
            case LOGARITHMS ->
                Tensor.of(Arrays.stream(predictions.data()).map(Math::exp).toArray(), predictions.shape());
            case NUMBERS_AND_VARIANCES -> firstHalf(predictions);
            default -> predictions;
        };
    }

    /** Of each row, which is cut along dimension 1. */
    private static Tensor firstHalf(Tensor predictions) {
        int[] shape = predictions.shape();
        int rows = shape[0];
        int row = rows == 0 ? 0 : predictions.size() / rows;
        double[] half = new double[rows * (row / 2)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(predictions.data(), i * row, half, i * (row / 2), row / 2);
        }

        shape[1] /= 2;
        return Tensor.of(half, shape);
    }
}
