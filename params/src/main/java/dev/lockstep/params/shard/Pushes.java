package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;

/** What all workers push for one range in one step, added in worker order whatever the order of arrival. One thread. */
interface Pushes {
    /** Takes a push for the step that is being summed; returns whether it was new. */
    boolean add(int worker, Frame push);

    boolean isComplete();

    /** Where a worker's push is to go on. */
    int received(int worker);

    /** Whether a worker's push is not all there. */
    boolean lacks(int worker);

    /** Added in worker order. */
    double weight();

    /** Divides the complete sum. */
    void divide(float by);

    /** The live sum, as long as the range; all zeros if nobody had anything. Valid once {@link #isComplete}. */
    float[] values();

    /** Makes ready for the next step. */
    void clear();
}
