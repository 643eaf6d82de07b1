package dev.lockstep.driver.task;

import dev.lockstep.params.Segment;
import java.io.Serializable;

/**
 * A segment and what comes after it.
 *
 * @param steps those that one Spark job runs; of several epochs where nobody waits for their ends
 * @param endsEpoch whether an epoch is over after it: the validation data are evaluated
 * @param checkpoint whether a checkpoint is due after it
 */
public record PlannedSegment(Segment steps, boolean endsEpoch, boolean checkpoint) implements Serializable {
    /** Whether a step is the last of its epoch: buffers are averaged after it. */
    public boolean endsEpoch(long step) {
        return step % steps.stepsPerEpoch() == 0;
    }

    public long first() {
        return steps.from();
    }

    /** 1 is the first. */
    public int epochOf(long step) {
        return Math.toIntExact((step - 1) / steps.stepsPerEpoch() + 1);
    }

    /** Inclusive. */
    public long last() {
        return steps.to() - 1;
    }
}
