package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * Half a cosine down to the least rate, as {@code torch.optim.lr_scheduler.CosineAnnealingLR} (Loshchilov and Hutter
 * 2017). After {@code tMax} it rises again.
 *
 * <pre>
 *   η = etaMin + (η₀ − etaMin) (1 + cos(π t / tMax)) / 2
 * </pre>
 */
public record CosineAnnealing(int tMax, double etaMin, Per per) implements Schedule {
    public CosineAnnealing {
        SettingChecks.requireAtLeast("tMax", tMax, 1);
        SettingChecks.requireAtLeastZero("etaMin", etaMin);
    }

    public CosineAnnealing(int tMax) {
        this(tMax, 0, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        return wave(baseLr, etaMin, per.time(at) / tMax);
    }

    /** From {@code high} at 0 to {@code low} at 1, along half a cosine. */
    static double wave(double high, double low, double done) {
        return low + (high - low) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
