package dev.lockstep.losses;

import java.util.Arrays;

/** Checks of what a loss is given, made once at its public methods. */
final class Inputs {
    private Inputs() {}

    /** The number of inputs, and gradients that have their inputs' shapes. */
    static void require(Loss loss, Tensor[] inputs, Tensor[] gradients) {
        int expected = loss.inputs().size();
        if (inputs.length != expected || gradients.length != expected) {
            throw new IllegalArgumentException(
                    "Wrong number of inputs: loss=" + loss.getClass().getSimpleName() + ", expected=" + expected
                            + ", inputs=" + inputs.length + ", gradients=" + gradients.length);
        }
        for (int i = 0; i < expected; i++) {
            if (gradients[i] != null && !gradients[i].sameShape(inputs[i])) {
                throw new IllegalArgumentException("Gradient must have the shape of its input: input=" + inputs[i]
                        + ", gradient=" + gradients[i] + ", number=" + i);
            }
            if (gradients[i] != null && inputs[i].holdsIndices()) {
                throw new IllegalArgumentException("Indices have no gradient: input=" + inputs[i] + ", number=" + i);
            }
        }
    }

    /** The derivatives by each value; ones for null. */
    static double[] upstream(Tensor upstream, Tensor values) {
        if (upstream == null) {
            double[] ones = new double[values.size()];
            Arrays.fill(ones, 1);
            return ones;
        }

        requireShape("upstream", upstream, values.shape());
        return upstream.data();
    }

    static void clear(Tensor[] gradients) {
        for (Tensor gradient : gradients) {
            if (gradient != null) {
                Arrays.fill(gradient.data(), 0);
            }
        }
    }

    static void requireSameShape(Tensor input, Tensor target) {
        if (!input.sameShape(target)) {
            throw new IllegalArgumentException(
                    "Input and target must have the same shape: input=" + input + ", target=" + target);
        }
    }

    static void requireRank(String name, Tensor tensor, int least, int most) {
        if (tensor.rank() < least || tensor.rank() > most) {
            throw new IllegalArgumentException(
                    capitalised(name) + " must have " + least + " to " + most + " dimensions: " + name + "=" + tensor);
        }
    }

    /** The shape of what has one value for every row along the last dimension, which must not be empty. */
    static int[] rowsShape(Tensor input) {
        int rank = input.rank();
        if (rank == 0 || input.extent(rank - 1) == 0) {
            throw new IllegalArgumentException("Input must have a last dimension with values: input=" + input);
        }

        return Arrays.copyOf(input.shape(), rank - 1);
    }

    /** Writes {@code slopes · scale} to a gradient; null is not wanted. */
    static void write(double[] slopes, double scale, Tensor gradient, int offset) {
        if (gradient == null) {
            return;
        }

        double[] data = gradient.data();
        for (int i = 0; i < slopes.length; i++) {
            data[offset + i] = scale * slopes[i];
        }
    }

    static void requireShape(String name, Tensor tensor, int... shape) {
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(
                    "Wrong shape of " + name + ": " + name + "=" + tensor + ", expected=" + Arrays.toString(shape));
        }
    }

    static void requireIndices(String name, Tensor tensor) {
        if (!tensor.holdsIndices()) {
            throw new IllegalArgumentException(
                    capitalised(name) + " must be indices, made by Tensor.ofIndices: " + name + "=" + tensor);
        }
    }

    /** Targets that say yes or no to something, and everything between. */
    static void requireFractions(String name, Tensor tensor) {
        double[] data = tensor.data();
        for (int i = 0; i < data.length; i++) {
            if (!(data[i] >= 0 && data[i] <= 1)) {
                throw new IllegalArgumentException(capitalised(name) + " must be in [0, 1]: " + name + "=" + data[i]
                        + ", position=" + tensor.position(i));
            }
        }
    }

    /** Targets that name one of two sides, and so have no gradient. */
    static void requireSigns(Tensor target, Tensor gradient) {
        double[] data = target.data();
        for (int i = 0; i < data.length; i++) {
            // Both signs in one comparison: which of the two it is, nobody can predict.
            if (Math.abs(data[i]) != 1) {
                throw new IllegalArgumentException(
                        "Target must be 1 or -1: target=" + data[i] + ", position=" + target.position(i));
            }
        }
        if (gradient != null) {
            throw new IllegalArgumentException("A target of 1 or -1 has no gradient: target=" + target);
        }
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
