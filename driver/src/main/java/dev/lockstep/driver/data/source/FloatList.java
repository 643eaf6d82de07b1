package dev.lockstep.driver.data.source;

import java.util.Arrays;

/** Floats that come one by one, to be used again for the next row. Not thread-safe. */
final class FloatList {
    private float[] values = new float[64];
    private int size;

    void clear() {
        size = 0;
    }

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    float get(int index) {
        return values[index];
    }

    /** The live array, longer than {@link #size()} in most cases. */
    float[] array() {
        return values;
    }
}
