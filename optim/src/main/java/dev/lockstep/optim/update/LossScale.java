package dev.lockstep.optim.update;

import java.io.Serializable;

/**
 * Where the rule of {@link LossScaling} stands between two steps.
 *
 * @param growthTracker steps in turn that were not skipped since the scale last changed
 */
public record LossScale(float scale, int growthTracker) implements Serializable {
    /**
     * What the sum of a batch's losses is multiplied by where PyTorch multiplies their mean by the scale: this over the
     * power of two next to the batch, to change no bit.
     */
    public double ofSum(int batch) {
        return scale / Math.scalb(1.0, (int) Math.rint(Math.log(batch) / Math.log(2)));
    }

    /** After one more step. */
    public LossScale after(boolean skipped, LossScaling rule) {
        if (skipped) {
            return new LossScale((float) (scale * rule.backoffFactor()), 0);
        }
        if (growthTracker + 1 < rule.growthInterval()) {
            return new LossScale(scale, growthTracker + 1);
        }

        float grown = (float) (scale * rule.growthFactor());
        return new LossScale(Float.isFinite(grown) ? grown : scale, 0);
    }
}
