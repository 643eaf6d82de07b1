package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * Down to zero along a power, as {@code torch.optim.lr_scheduler.PolynomialLR}.
 *
 * <pre>
 *   η = η₀ (1 − min(t, totalIters) / totalIters)^power
 * </pre>
 *
 * @param power at least 0; 1 is a straight line
 */
public record Polynomial(int totalIters, double power, Per per) implements Schedule {
    public Polynomial {
        SettingChecks.requireAtLeast("totalIters", totalIters, 1);
        SettingChecks.requireAtLeastZero("power", power);
    }

    public Polynomial() {
        this(5, 1, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        return baseLr * Math.pow(1 - Math.min(per.time(at), totalIters) / totalIters, power);
    }
}
