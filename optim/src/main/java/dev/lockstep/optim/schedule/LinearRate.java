package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * A straight line from one share of the rate to another, as {@code torch.optim.lr_scheduler.LinearLR}.
 *
 * <pre>
 *   η = η₀ (startFactor + (endFactor − startFactor) · min(t, totalIters) / totalIters)
 * </pre>
 *
 * @param startFactor in [0, 1]
 * @param endFactor in [0, 1]
 */
public record LinearRate(double startFactor, double endFactor, int totalIters, Per per) implements Schedule {
    public LinearRate {
        SettingChecks.requireShare("startFactor", startFactor);
        SettingChecks.requireShare("endFactor", endFactor);
        SettingChecks.requireAtLeast("totalIters", totalIters, 1);
    }

    public LinearRate() {
        this(1.0 / 3, 1, 5, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        double done = Math.min(per.time(at), totalIters) / totalIters;
        return baseLr * (startFactor + (endFactor - startFactor) * done);
    }
}
