package dev.lockstep.params.wire;

import dev.lockstep.params.ProtocolException;
import java.util.Arrays;

/**
 * Some rows of a range as they travel, in a PUSH those of a gradient, in a BROADCAST those with new values.
 *
 * <pre>
 *   count, then count times: row, width values        each a word; rows counted from the range's first, rising
 * </pre>
 *
 * <p>The array grows with the longest list so far. One thread at a time.
 */
public final class RowList {
    private final int rows;
    private final int width;
    private float[] values = new float[64];
    private WordBuffer words = WordBuffer.of(values);
    private int length;

    /**
     * @param rows of the whole range
     * @param width values per row
     */
    public RowList(int rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    /** No list at all, not even an empty one: the next word that comes is a count. */
    public void clear() {
        this.length = 0;
    }

    /** Begins a list of so many rows, to be filled by {@link #add}. */
    public void begin(int count) {
        reserve(lengthOf(count));
        values[0] = Float.intBitsToFloat(count);
        this.length = 1;
    }

    /** Adds a row and returns where its values are to be written in {@link #values}. */
    public int add(int row) {
        values[length] = Float.intBitsToFloat(row);
        this.length += 1 + width;
        return length - width;
    }

    /**
     * Takes the words that come next; returns false if these repeat others, leave a gap or go beyond the list's end.
     *
     * @throws ProtocolException if they are no list of this range's rows
     */
    public boolean take(Frame frame) {
        if (frame.start() != length
                || frame.count() == 0
                || (length > 0 && frame.count() > lengthOf(count()) - length)) {
            return false;
        }

        reserve(length + frame.count());
        frame.copyWords(0, frame.count(), words, length);
        this.length += frame.count();
        requireRows();
        return true;
    }

    private void requireRows() {
        boolean fits = count() >= 0 && count() <= rows && length <= lengthOf(count());
        int before = -1;
        for (int i = 0; fits && i < count() && isComplete(); i++) {
            fits = row(i) > before && row(i) < rows;
            before = row(i);
        }

        if (!fits) {
            int count = count();
            clear();
            throw new ProtocolException("List does not fit the range: count=" + count + ", rows=" + rows + ", width="
                    + width + ", previous row=" + before);
        }
    }

    private void reserve(int needed) {
        if (needed > values.length) {
            this.values = Arrays.copyOf(values, Math.max(needed, (int) Math.min(lengthOf(rows), 2L * values.length)));
            this.words = WordBuffer.of(values);
        }
    }

    private int lengthOf(int count) {
        return 1 + count * (1 + width);
    }

    /** Whether all that the first word announces is there. */
    public boolean isComplete() {
        return length > 0 && length == lengthOf(count());
    }

    /** How many words there are so far. */
    public int length() {
        return length;
    }

    /** Live, until the next row or piece is taken. */
    public WordBuffer words() {
        return words;
    }

    /** How many rows the list has, or will have. */
    public int count() {
        return length == 0 ? 0 : Float.floatToRawIntBits(values[0]);
    }

    /** Which row of the range the i-th of the list is. */
    public int row(int i) {
        return Float.floatToRawIntBits(values[1 + i * (1 + width)]);
    }

    /** Where the values of the i-th row begin in {@link #values}. */
    public int at(int i) {
        return 2 + i * (1 + width);
    }

    /** Live, until the next row or piece is taken. */
    public float[] values() {
        return values;
    }

    public int width() {
        return width;
    }
}
