package dev.lockstep.losses;

import java.util.Arrays;

/**
 * An array of doubles with a shape, last index fastest. Numbers, or indices: class indices, labels and lengths.
 *
 * <p>The array is the caller's and stays live: what a loss writes is seen by everyone who holds it. Not thread-safe.
 */
public final class Tensor {
    private final double[] data;
    private final int[] shape;
    private final boolean indices;

    private Tensor(double[] data, int[] shape, boolean indices) {
        if (sizeOf(shape) != data.length) {
            throw new IllegalArgumentException(
                    "Shape does not fit the data: shape=" + Arrays.toString(shape) + ", values=" + data.length);
        }

        this.data = data;
        this.shape = shape;
        this.indices = indices;
    }

    /** Wraps {@code data} without copying it. */
    public static Tensor of(double[] data, int... shape) {
        return new Tensor(data, shape.clone(), false);
    }

    /** Wraps {@code data}, whole numbers that count or name something, without copying it. */
    public static Tensor ofIndices(double[] data, int... shape) {
        Tensor result = new Tensor(data, shape.clone(), true);
        for (int i = 0; i < data.length; i++) {
            if (data[i] != Math.rint(data[i]) || Math.abs(data[i]) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "Indices must be whole numbers: value=" + data[i] + ", position=" + result.position(i));
            }
        }

        return result;
    }

    public static Tensor zeros(int... shape) {
        return of(new double[Math.toIntExact(sizeOf(shape))], shape);
    }

    private static long sizeOf(int[] shape) {
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("Extents must not be negative: shape=" + Arrays.toString(shape));
            }
            size = Math.multiplyExact(size, (long) extent);
        }

        return size;
    }

    /** The live values. */
    public double[] data() {
        return data;
    }

    public int[] shape() {
        return shape.clone();
    }

    public int rank() {
        return shape.length;
    }

    public int extent(int dimension) {
        return shape[dimension];
    }

    public int size() {
        return data.length;
    }

    /** Whether this was made by {@link #ofIndices}. */
    public boolean holdsIndices() {
        return indices;
    }

    public boolean sameShape(Tensor other) {
        return Arrays.equals(shape, other.shape);
    }

    /** The same live values in another shape of the same size. */
    public Tensor withShape(int... other) {
        return new Tensor(data, other.clone(), indices);
    }

    /** Where the value {@code data()[i]} is, for messages: one index per dimension. */
    public String position(int i) {
        int[] result = new int[shape.length];
        int rest = i;
        for (int d = shape.length - 1; d >= 0; d--) {
            result[d] = rest % shape[d];
            rest /= shape[d];
        }

        return Arrays.toString(result);
    }

    @Override
    public String toString() {
        return (indices ? "indices" : "") + Arrays.toString(shape);
    }
}
