package dev.lockstep.driver.task;

import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.worker.Replica;

/**
 * Scales a worker's losses. All workers and the driver follow the same rule from the same news, that the shards have
 * skipped a step, and so have the same scale at every step.
 *
 * <p>A replica differentiates the sum of its share's losses, PyTorch's scaler their mean. So that a scale means the
 * same here, the sum is scaled by it over the power of two next to the batch: a power of two, to change no bit.
 */
final class LossScaler {
    private final LossScaling rule;
    private final double sumsPerMean;
    private final Replica replica;
    private LossScale now;

    /** @param rule null for losses that are not scaled */
    LossScaler(LossScaling rule, LossScale start, int batch, Reduction reduction, Replica replica) {
        this.rule = rule;
        this.now = start;
        this.sumsPerMean = reduction == Reduction.SUM ? 1 : nearestPowerOfTwo(batch);
        this.replica = replica;
    }

    static double nearestPowerOfTwo(int batch) {
        return Math.scalb(1.0, (int) Math.rint(Math.log(batch) / Math.log(2)));
    }

    /** A step begins. */
    void begin() {
        if (rule != null) {
            replica.scaleLoss(now.scale() / sumsPerMean);
        }
    }

    /** It is over. */
    void end(boolean skipped) {
        if (rule != null) {
            this.now = now.after(skipped, rule);
        }
    }
}
