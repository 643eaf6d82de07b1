package dev.lockstep.optim.update;

import dev.lockstep.optim.schedule.Progress;

/** One exchange of partial sums between the shards before an update. */
interface Round {
    /** Sums per tensor. */
    int width();

    /** Writes the partials of one part of a range to {@code sums}, which comes zeroed. */
    void measure(RangeState range, int part, float[] gradient, Progress at, double[] sums);

    double combine(int column, double one, double other);
}
