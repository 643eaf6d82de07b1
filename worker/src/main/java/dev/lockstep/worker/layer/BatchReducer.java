package dev.lockstep.worker.layer;

/** The other workers, as far as a layer needs them in training. One thread. */
public interface BatchReducer {
    /** A worker alone: every sum is its own. */
    BatchReducer ALONE = values -> {};

    /**
     * Replaces each value by its sum over all workers and returns when that is there. All workers call it in the same
     * order with as many values, in the thread that computes.
     */
    void allReduce(double[] values);

    /**
     * Keeps what went wrong where native code would have to pass it on; it is thrown when the backward pass is over.
     */
    default void failed(RuntimeException cause) {
        throw cause;
    }

    /**
     * Whether this worker has no examples in the step. It computes with one that counts for nothing, only because the
     * others wait for its part in their sums: what it adds is taken for 0, and nothing of it may be kept.
     */
    default boolean isGhost() {
        return false;
    }
}
