package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * A smaller rate at first, as {@code torch.optim.lr_scheduler.ConstantLR}.
 *
 * <pre>
 *   η = η₀ · factor   for t &lt; totalIters,   η₀ from then on
 * </pre>
 *
 * @param factor in [0, 1]
 */
public record ConstantRate(double factor, int totalIters, Per per) implements Schedule {
    public ConstantRate {
        SettingChecks.requireShare("factor", factor);
        SettingChecks.requireAtLeast("totalIters", totalIters, 0);
    }

    public ConstantRate() {
        this(1.0 / 3, 5, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        return per.time(at) < totalIters ? baseLr * factor : baseLr;
    }
}
