package dev.lockstep.driver.task;

import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.worker.Replica;

/**
 * Scales a worker's losses. All workers and the driver follow the same rule from the same news, that the shards have
 * skipped a step, and so have the same scale at every step.
 */
final class LossScaler {
    private final LossScaling rule;
    private final int batch;
    private final Reduction reduction;
    private final Replica replica;
    private LossScale now;

    /** @param rule null for losses that are not scaled */
    LossScaler(LossScaling rule, LossScale start, int batch, Reduction reduction, Replica replica) {
        this.rule = rule;
        this.now = start;
        this.batch = batch;
        this.reduction = reduction;
        this.replica = replica;
    }

    /** A step begins. */
    void begin() {
        if (rule != null) {
            replica.scaleLoss(reduction == Reduction.SUM ? now.scale() : now.ofSum(batch));
        }
    }

    /** It is over. */
    void end(boolean skipped) {
        if (rule != null) {
            this.now = now.after(skipped, rule);
        }
    }
}
