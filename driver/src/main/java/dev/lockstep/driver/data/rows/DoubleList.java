package dev.lockstep.driver.data.rows;

import java.util.Arrays;

/** Numbers that come one by one, to be used again for the next row. Not thread-safe. */
public final class DoubleList {
    private double[] values = new double[64];
    private int size;

    public void clear() {
        size = 0;
    }

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** Whether there is a NaN from {@code start} on. */
    public boolean hasNaN(int start) {
        for (int i = start; i < size; i++) {
            if (Double.isNaN(values[i])) {
                return true;
            }
        }
        return false;
    }

    public void addAll(double[] more) {
        if (size + more.length > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, size + more.length));
        }
        System.arraycopy(more, 0, values, size, more.length);
        size += more.length;
    }

    public int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }

    /** The live array, longer than {@link #size()} in most cases. */
    public double[] array() {
        return values;
    }
}
