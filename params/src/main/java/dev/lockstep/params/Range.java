package dev.lockstep.params;

import java.io.Serializable;
import java.util.List;

/**
 * Consecutive values of one of the two flat vectors, trained parameters or buffers: the unit of transfer and of update.
 *
 * @param index position in {@link Layout#ranges()}
 * @param shard who owns it
 * @param kind which of the two flat vectors it lies in
 * @param start where it begins in that vector
 * @param count how many values it has
 * @param spans the tensors in it, in order and without gaps
 */
public record Range(int index, int shard, Kind kind, int start, int count, List<Span> spans) implements Serializable {
    /** Which flat vector a range is part of, and so what a shard does with what is pushed. */
    public enum Kind {
        /** Trained: pushes are gradients, summed and given to the optimizer. */
        TRAINED,
        /** Kept but not trained, such as running statistics: pushes are values, and their mean is taken. */
        BUFFER
    }

    public Range {
        spans = List.copyOf(spans);
    }

    public boolean trained() {
        return kind == Kind.TRAINED;
    }

    /** First index in the flat vector after this range. */
    public int end() {
        return start + count;
    }
}
