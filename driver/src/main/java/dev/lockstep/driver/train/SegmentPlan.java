package dev.lockstep.driver.train;

import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.params.Segment;

/**
 * How a run is cut into segments. A segment ends with its epoch, or earlier where a checkpoint is due.
 *
 * @param stepsPerEpoch batches of one epoch
 * @param checkpointEvery steps between checkpoints; 0 for none
 */
record SegmentPlan(int epochs, int stepsPerEpoch, long checkpointEvery) {

    long steps() {
        return (long) epochs * stepsPerEpoch;
    }

    int epochOf(long step) {
        return Math.toIntExact((step - 1) / stepsPerEpoch + 1);
    }

    /** What comes after the run's first {@code done} steps. */
    PlannedSegment after(long done, int reductions) {
        int epoch = epochOf(done + 1);
        long epochEnd = (long) epoch * stepsPerEpoch;
        long last = checkpointEvery > 0 ? Math.min(epochEnd, (done / checkpointEvery + 1) * checkpointEvery) : epochEnd;

        boolean due = checkpointEvery > 0 && (last % checkpointEvery == 0 || last == steps());
        Segment segment = new Segment(epoch, done + 1, last + 1, stepsPerEpoch, reductions);
        return new PlannedSegment(segment, last == epochEnd, due);
    }
}
