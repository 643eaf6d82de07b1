package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;

/** Predictions for sequences: rows are examples in a network and steps in a sequence loss. */
final class SequenceAxes {
    private SequenceAxes() {}

    /** A copy with the first two dimensions swapped. */
    static Tensor swapped(Tensor tensor) {
        if (tensor.rank() < 2) {
            throw new IllegalArgumentException(
                    "A sequence loss wants predictions [examples, steps, classes]: predictions=" + tensor);
        }

        int[] shape = tensor.shape();
        int outer = shape[0];
        int inner = shape[1];
        int run = tensor.size() == 0 ? 0 : tensor.size() / (outer * inner);
        shape[0] = inner;
        shape[1] = outer;
        Tensor swapped = Tensor.zeros(shape);
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                System.arraycopy(tensor.data(), (i * inner + j) * run, swapped.data(), (j * outer + i) * run, run);
            }
        }

        return swapped;
    }
}
