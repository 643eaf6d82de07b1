package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;

/**
 * Cuts every value of the gradient off at ±{@code clipValue}, as {@code torch.nn.utils.clip_grad_value_}. NaN stays
 * NaN.
 */
public record ClipValue(double clipValue) implements Clip {
    public ClipValue {
        SettingChecks.requireAtLeastZero("clipValue", clipValue);
    }

    @Override
    public void clip(float[] gradient, int start, int end, double norm) {
        float limit = (float) clipValue;
        for (int i = start; i < end; i++) {
            gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
        }
    }
}
