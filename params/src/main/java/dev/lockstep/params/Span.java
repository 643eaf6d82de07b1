package dev.lockstep.params;

import java.io.Serializable;

/**
 * The part of one tensor that lies in a range.
 *
 * @param parameter index in {@link Layout#parameters()}, or in {@link Layout#buffers()} for a range of buffers
 * @param from first value of the tensor that belongs to this part
 * @param start where that value lies in the range
 * @param count how many values follow one another
 */
public record Span(int parameter, int from, int start, int count) implements Serializable {
    /** First index in the range after this part. */
    public int end() {
        return start + count;
    }
}
