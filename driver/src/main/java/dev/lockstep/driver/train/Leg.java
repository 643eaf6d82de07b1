package dev.lockstep.driver.train;

import dev.lockstep.params.Segment;
import java.io.Serializable;

/**
 * A segment and what comes after it.
 *
 * @param segment the steps that one Spark job runs
 * @param endsEpoch whether the epoch is over after it: buffers are averaged and the validation data are evaluated
 * @param checkpoint whether a checkpoint is due after it
 */
record Leg(Segment segment, boolean endsEpoch, boolean checkpoint) implements Serializable {
    int epoch() {
        return segment.epoch();
    }

    long first() {
        return segment.from();
    }

    /** Inclusive. */
    long last() {
        return segment.to() - 1;
    }
}
