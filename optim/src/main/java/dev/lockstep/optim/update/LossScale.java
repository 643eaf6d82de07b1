package dev.lockstep.optim.update;

import java.io.Serializable;

/**
 * Where the rule of {@link LossScaling} stands between two steps.
 *
 * @param growthTracker steps in turn that were not skipped since the scale last changed
 */
public record LossScale(float scale, int growthTracker) implements Serializable {
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
