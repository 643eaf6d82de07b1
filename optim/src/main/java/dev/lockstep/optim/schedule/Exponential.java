package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * The same factor every time, as {@code torch.optim.lr_scheduler.ExponentialLR}.
 *
 * <pre>
 *   η = η₀ · gammaᵗ
 * </pre>
 */
public record Exponential(double gamma, Per per) implements Schedule {
    public Exponential {
        SettingChecks.requireAtLeastZero("gamma", gamma);
    }

    public Exponential(double gamma) {
        this(gamma, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        return baseLr * Math.pow(gamma, per.time(at));
    }
}
