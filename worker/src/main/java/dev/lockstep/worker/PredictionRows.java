package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;

/** Puts pieces of a result one after the other. */
final class PredictionRows {
    private final int count;
    private int[] shape = {0};
    private double[] values = new double[0];
    private int filled;

    PredictionRows(int count) {
        this.count = count;
    }

    void add(Tensor piece) {
        if (filled == 0) {
            shape = piece.shape();
            values = new double[Math.multiplyExact(piece.size() / shape[0], count)];
            shape[0] = count;
        }

        System.arraycopy(piece.data(), 0, values, filled, piece.size());
        filled += piece.size();
    }

    Tensor tensor() {
        return Tensor.of(values, shape);
    }
}
