package dev.lockstep.losses;

import java.util.Arrays;

/**
 * One operand of an element-by-element loss, read and written block by block as if it had the shape of the result.
 *
 * <p>A smaller shape is broadcast as in NumPy and PyTorch: aligned at the last dimension, an extent of 1 repeats, and
 * the gradients of a repeated value add up.
 */
final class Operand {
    private final double[] data;
    private final double[] gradient;
    /** Extents of the result, and how far a step in each moves here. The last run is read in one go. */
    private final int[] extents;

    private final int[] strides;
    final double[] values = new double[Block.SIZE];
    final double[] slopes = new double[Block.SIZE];

    /** @param gradient overwritten; null if none is wanted */
    Operand(Tensor operand, Tensor gradient, int[] result) {
        this.data = operand.data();
        this.gradient = gradient == null ? null : gradient.data();
        boolean whole = Arrays.equals(operand.shape(), result);
        this.extents = whole || result.length == 0 ? new int[] {operand.size()} : result;
        this.strides = whole || result.length == 0 ? new int[] {1} : strides(operand.shape(), result);
        if (gradient != null) {
            Arrays.fill(this.gradient, 0);
        }
    }

    /** The shape that all of these broadcast to. */
    static int[] broadcast(Tensor... operands) {
        int[] result = {};
        for (Tensor operand : operands) {
            int[] shape = operand.shape();
            int[] merged =
                    merge(shape.length > result.length ? shape : result, shape.length > result.length ? result : shape);
            if (merged == null) {
                throw new IllegalArgumentException(
                        "Shapes do not fit one another: shapes=" + Arrays.toString(operands));
            }
            result = merged;
        }

        return result;
    }

    private static int[] merge(int[] longer, int[] shorter) {
        int[] merged = longer.clone();
        for (int d = 0; d < shorter.length; d++) {
            int at = d + longer.length - shorter.length;
            if (longer[at] != shorter[d] && longer[at] != 1 && shorter[d] != 1) {
                return null;
            }
            merged[at] = longer[at] == 1 ? shorter[d] : longer[at];
        }

        return merged;
    }

    private static int[] strides(int[] shape, int[] result) {
        int[] strides = new int[result.length];
        int stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d + result.length - shape.length] = shape[d] == 1 ? 0 : stride;
            stride *= shape[d];
        }

        return strides;
    }

    boolean wantsSlopes() {
        return gradient != null;
    }

    /** Fills {@link #values} with the result's elements {@code start} to {@code start + count - 1}. */
    void load(int start, int count) {
        int row = extents[extents.length - 1];
        int stride = strides[strides.length - 1];
        int done = 0;
        while (done < count) {
            int column = (start + done) % row;
            int run = Math.min(row - column, count - done);
            int from = rowStart((start + done) / row);
            if (stride == 1) {
                System.arraycopy(data, from + column, values, done, run);
            } else {
                Arrays.fill(values, done, done + run, data[from]);
            }
            done += run;
        }
    }

    /** Adds {@link #slopes} to the gradient of those elements. */
    void store(int start, int count) {
        if (gradient == null) {
            return;
        }

        int row = extents[extents.length - 1];
        int stride = strides[strides.length - 1];
        int done = 0;
        while (done < count) {
            int column = (start + done) % row;
            int run = Math.min(row - column, count - done);
            int from = rowStart((start + done) / row) + column * stride;
            add(from, stride, done, run);
            done += run;
        }
    }

    private void add(int from, int stride, int start, int count) {
        if (stride == 1) {
            for (int i = 0; i < count; i++) {
                gradient[from + i] += slopes[start + i];
            }
            return;
        }

        double sum = 0;
        for (int i = start; i < start + count; i++) {
            sum += slopes[i];
        }
        gradient[from] += sum;
    }

    private int rowStart(int row) {
        int result = 0;
        int rest = row;
        for (int d = extents.length - 2; d >= 0; d--) {
            result += rest % extents[d] * strides[d];
            rest /= extents[d];
        }

        return result;
    }
}
