package dev.lockstep.losses;

import java.util.Arrays;

/**
 * An array of doubles with a shape, last index fastest. Class indices and lengths are whole numbers in it.
 *
 * <p>The array is the caller's and stays live: what a loss writes is seen by everyone who holds it. Not thread-safe.
 */
public final class Tensor {
    private final double[] data;
    private final int[] shape;

    private Tensor(double[] data, int[] shape) {
        this.data = data;
        this.shape = shape;
    }

    /** Wraps {@code data} without copying it. */
    public static Tensor of(double[] data, int... shape) {
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("Extents must not be negative: shape=" + Arrays.toString(shape));
            }
            size *= extent;
        }
        if (size != data.length) {
            throw new IllegalArgumentException(
                    "Shape does not fit the data: shape=" + Arrays.toString(shape) + ", values=" + data.length);
        }

        return new Tensor(data, shape.clone());
    }

    public static Tensor zeros(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }

        return of(new double[size], shape);
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

    public boolean sameShape(Tensor other) {
        return Arrays.equals(shape, other.shape);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
