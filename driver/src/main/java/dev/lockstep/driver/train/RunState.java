package dev.lockstep.driver.train;

import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.params.shard.RangeContents;

/**
 * All that a run needs to go on from between two steps, in the driver's memory: what a checkpoint holds. Schedule, data order and
 * randomness are functions of the step and need nothing here.
 *
 * @param step the last one applied; 0 for none
 * @param ranges one per range of the layout, without slots where no step has been applied; null where they were not fetched
 * @param buffers of each worker, where the step lies within an epoch; null at its end, where all are the same and in {@code ranges}
 * @param loss of the epoch so far; none at its end
 * @param plateau null without a schedule that waits for a metric
 * @param patience null without early stopping
 */
record RunState(
        long step,
        RangeContents[] ranges,
        float[][] buffers,
        EpochLoss loss,
        ReduceLrOnPlateau.State plateau,
        Patience patience) {

    /** How often the schedule has been told to lower the rate. */
    int reductions() {
        return plateau == null ? 0 : plateau.reductions();
    }
}
