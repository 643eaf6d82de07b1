package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;

/**
 * What all contributors push for one range in one step, added in their order whatever the order of arrival: workers, or
 * hosts. One thread.
 */
interface Pushes {
    /** Takes a push for the step that is being summed; returns whether it was new. */
    boolean add(int worker, Frame push);

    /** Takes what lies in the memory of the shard's own host, once all of a step is there; returns whether it was. */
    default boolean addHost(long step) {
        return false;
    }

    boolean isComplete();

    /** Where a contributor's push is to go on. */
    int received(int worker);

    /** Whether a contributor's push is not all there. */
    boolean lacks(int worker);

    /** Added in the contributors' order. */
    double weight();

    /** Divides the complete sum. */
    default void divide(float by) {
        Quotient.replace(values(), by);
    }

    /** The live sum, as long as the range; all zeros if nobody had anything. Valid once {@link #isComplete}. */
    float[] values();

    /** Makes ready for the next step. */
    void clear();
}
