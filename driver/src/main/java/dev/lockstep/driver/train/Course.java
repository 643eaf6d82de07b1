package dev.lockstep.driver.train;

/**
 * How a run is cut into segments. A segment ends with its epoch, or earlier where a checkpoint is due.
 *
 * @param stepsPerEpoch batches of one epoch, the last smaller one included
 * @param checkpointEvery steps between checkpoints; 0 for none. A whole number of epochs is given in steps too
 */
record Course(int epochs, long stepsPerEpoch, long checkpointEvery) {

    long steps() {
        return Math.multiplyExact(epochs, stepsPerEpoch);
    }

    boolean over(long stepsDone) {
        return stepsDone >= steps();
    }

    int epochOf(long step) {
        return Math.toIntExact((step - 1) / stepsPerEpoch + 1);
    }

    /** What comes after {@code stepsDone} steps. */
    Segment after(long stepsDone) {
        int epoch = epochOf(stepsDone + 1);
        long last = epoch * stepsPerEpoch;
        if (checkpointEvery > 0) {
            last = Math.min(last, (stepsDone / checkpointEvery + 1) * checkpointEvery);
        }

        boolean due = checkpointEvery > 0 && (last % checkpointEvery == 0 || last == steps());
        return new Segment(epoch, stepsDone + 1, last, last == epoch * stepsPerEpoch, due);
    }
}
