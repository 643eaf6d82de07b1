package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;

/**
 * Half cosines, each as long as {@code tMult} times the one before, as
 * {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts} (Loshchilov and Hutter 2017). With {@link Per#FRACTION}
 * the rate falls within epochs too, as PyTorch's documentation advises.
 *
 * <pre>
 *   period i is t0 · tMultⁱ long;  η = etaMin + (η₀ − etaMin) (1 + cos(π · time in the period / its length)) / 2
 * </pre>
 */
public record CosineAnnealingWarmRestarts(int t0, int tMult, double etaMin, Per per) implements Schedule {
    public CosineAnnealingWarmRestarts {
        SettingChecks.requireAtLeast("t0", t0, 1);
        SettingChecks.requireAtLeast("tMult", tMult, 1);
        SettingChecks.requireAtLeastZero("etaMin", etaMin);
    }

    public CosineAnnealingWarmRestarts(int t0) {
        this(t0, 1, 0, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        double time = per.time(at);
        double length = t0;
        if (tMult == 1) {
            time %= length;
        }
        while (time >= length) {
            time -= length;
            length *= tMult;
        }

        return CosineAnnealing.wave(baseLr, etaMin, time / length);
    }

    @Override
    public long cycles(Progress at) {
        double time = per.time(at);
        double length = t0;
        long cycles = 0;
        if (tMult == 1) {
            return (long) (time / length);
        }
        for (; time >= length; length *= tMult) {
            time -= length;
            cycles++;
        }
        return cycles;
    }
}
