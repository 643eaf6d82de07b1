package dev.lockstep.worker.layer;

import java.util.List;

/** Dimensions as PyTorch counts them: 0 is that of the examples, negative ones count from the end. */
final class Dimensions {
    private Dimensions() {}

    /**
     * The index in the shape of one example.
     *
     * @throws IllegalArgumentException if the input has no such dimension, or it is that of the examples: a layer that
     *     mixes examples would depend on how a batch is dealt
     */
    static int ofExample(int dim, List<Integer> input, Scope scope) {
        int index = dim < 0 ? dim + input.size() : dim - 1;
        if (index < 0 || index >= input.size()) {
            throw scope.refuse(input, "a dimension from 1 to " + input.size() + " (0 counts the examples): dim=" + dim);
        }

        return index;
    }
}
