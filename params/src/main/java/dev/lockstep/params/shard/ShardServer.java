package dev.lockstep.params.shard;

import dev.lockstep.params.Range;
import java.util.List;

/**
 * Owns ranges of the flat vectors: sums what workers push, in worker order, lets the optimizer change the values and broadcasts them.
 *
 * <p>An agent: {@link #doWork} never blocks. One thread at a time.
 */
public final class ShardServer {
    /** Which shard of the layout this is. */
    public int index() {
        throw new UnsupportedOperationException();
    }

    /** The ranges that this shard owns. */
    public List<Range> ranges() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets a range to first values: the optimizer's state starts as {@code start} leaves it.
     *
     * @param params as many as the range has values; copied
     */
    public void load(int range, float[] params) {
        throw new UnsupportedOperationException();
    }

    /** Sets a range to what a checkpoint holds; copied. */
    public void load(RangeContents contents) {
        throw new UnsupportedOperationException();
    }

    /** 0 if there was nothing to do. */
    public int doWork() {
        throw new UnsupportedOperationException();
    }
}
