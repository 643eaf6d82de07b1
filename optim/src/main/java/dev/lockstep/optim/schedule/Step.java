package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * Stairs of equal width, as {@code torch.optim.lr_scheduler.StepLR}.
 *
 * <pre>
 *   η = η₀ · gamma^⌊t / stepSize⌋
 * </pre>
 */
public record Step(int stepSize, double gamma, Per per) implements Schedule {
    public Step {
        SettingChecks.requireAtLeast("stepSize", stepSize, 1);
        SettingChecks.requireAtLeastZero("gamma", gamma);
    }

    public Step(int stepSize) {
        this(stepSize, 0.1, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        return baseLr * Math.pow(gamma, Math.floor(per.time(at) / stepSize));
    }
}
