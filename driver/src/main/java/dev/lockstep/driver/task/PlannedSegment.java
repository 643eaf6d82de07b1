package dev.lockstep.driver.task;

import dev.lockstep.params.Segment;
import java.io.Serializable;

/**
 * A segment and what comes after it.
 *
 * @param steps those that one Spark job runs
 * @param endsEpoch whether the epoch is over after it: buffers are averaged and the validation data are evaluated
 * @param checkpoint whether a checkpoint is due after it
 */
public record PlannedSegment(Segment steps, boolean endsEpoch, boolean checkpoint) implements Serializable {
    public int epoch() {
        return steps.epoch();
    }

    public long first() {
        return steps.from();
    }

    /** Inclusive. */
    public long last() {
        return steps.to() - 1;
    }
}
