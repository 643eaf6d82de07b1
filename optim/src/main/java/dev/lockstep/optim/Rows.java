package dev.lockstep.optim;

import java.util.Arrays;

/**
 * Which rows of a slice a step's gradient touches: what an embedding's backward pass gives. Owns its array.
 *
 * <p>A slice with rows begins at the first value of a row and ends after the last of one.
 */
public final class Rows {
    private final int width;
    private final int[] indices;

    /**
     * @param width values per row, at least 1
     * @param indices rows counted from the slice's first, in any order; one named twice counts once, because its
     *     gradient is already the sum
     */
    public Rows(int width, int... indices) {
        SettingChecks.requireAtLeast("width", width, 1);
        this.width = width;
        this.indices = Arrays.stream(indices).sorted().distinct().toArray();
    }

    public int width() {
        return width;
    }

    public int count() {
        return indices.length;
    }

    public int index(int row) {
        return indices[row];
    }

    /** The values of one row within the slice that has these rows. */
    Slice of(Slice slice, int row) {
        return slice.within(slice.start() + indices[row] * width, width);
    }
}
