package dev.lockstep.driver.train;

import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.params.Segment;

/**
 * How a run is cut into segments. A segment ends where the driver has something to do: where a checkpoint is due, at
 * the end of each epoch where there are figures to take, and with the run.
 *
 * @param stepsPerEpoch batches of one epoch
 * @param checkpointEvery steps between checkpoints; 0 for none
 * @param looksAtEpochs whether the driver waits for what every epoch ends with
 */
record SegmentPlan(int epochs, int stepsPerEpoch, long checkpointEvery, boolean looksAtEpochs) {

    long steps() {
        return (long) epochs * stepsPerEpoch;
    }

    /** How many are over after so many steps. */
    int epochs(long steps) {
        return Math.toIntExact(steps / stepsPerEpoch);
    }

    int epochOf(long step) {
        return Math.toIntExact((step - 1) / stepsPerEpoch + 1);
    }

    boolean endsEpoch(long step) {
        return step % stepsPerEpoch == 0;
    }

    /** What comes after the run's first {@code done} steps. */
    PlannedSegment after(long done, int reductions) {
        int epoch = epochOf(done + 1);
        long end = looksAtEpochs ? (long) epoch * stepsPerEpoch : steps();
        long last = checkpointEvery > 0 ? Math.min(end, (done / checkpointEvery + 1) * checkpointEvery) : end;

        boolean due = checkpointEvery > 0 && (last % checkpointEvery == 0 || last == steps());
        Segment segment = new Segment(epoch, done + 1, last + 1, stepsPerEpoch, reductions);
        return new PlannedSegment(segment, endsEpoch(last), due);
    }
}
