package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.util.OptionalDouble;

/**
 * One rise and one long fall, as {@code torch.optim.lr_scheduler.OneCycleLR} (Smith and Topin 2018). The optimizer's
 * own rate does not count. After the last step the rate stays where it ended, where PyTorch raises an error.
 *
 * <pre>
 *   T = totalSteps, or epochs · stepsPerEpoch;  first = maxLr / divFactor,  last = first / finalDivFactor
 *   phases, up to and including step:
 *     pctStart · T − 1        first → maxLr        momentum max → base
 *     T − 1                   maxLr → last         momentum base → max
 *   with threePhase:
 *     pctStart · T − 1        first → maxLr        momentum max → base
 *     2 · pctStart · T − 2    maxLr → first        momentum base → max
 *     T − 1                   first → last         momentum max
 *   within a phase: along half a cosine (cos) or a straight line (linear)
 * </pre>
 *
 * @param totalSteps T; null where epochs and stepsPerEpoch say it, or the run's length ({@link #over})
 * @param pctStart share of T in which the rate rises, in [0, 1]
 * @param cycleMomentum whether the momentum (or first beta) goes the other way; the optimizer must have one
 */
public record OneCycle(
        PerGroup maxLr,
        Integer totalSteps,
        Integer epochs,
        Integer stepsPerEpoch,
        double pctStart,
        AnnealStrategy annealStrategy,
        boolean cycleMomentum,
        PerGroup baseMomentum,
        PerGroup maxMomentum,
        double divFactor,
        double finalDivFactor,
        boolean threePhase,
        Per per)
        implements Schedule {
    /** The way from one rate to the next. */
    public enum AnnealStrategy {
        COS,
        LINEAR
    }

    public OneCycle {
        maxLr.requireAtLeastZero("maxLr");
        SettingChecks.requireAtLeast("totalSteps", totalSteps == null ? 1 : totalSteps, 1);
        SettingChecks.requireAtLeast("epochs", epochs == null ? 1 : epochs, 1);
        SettingChecks.requireAtLeast("stepsPerEpoch", stepsPerEpoch == null ? 1 : stepsPerEpoch, 1);
        SettingChecks.requireShare("pctStart", pctStart);
        baseMomentum.requireAtLeastZero("baseMomentum");
        maxMomentum.requireAtLeastZero("maxMomentum");
        SettingChecks.requirePositive("divFactor", divFactor);
        SettingChecks.requirePositive("finalDivFactor", finalDivFactor);
    }

    public OneCycle(PerGroup maxLr) {
        this(
                maxLr,
                null,
                null,
                null,
                0.3,
                AnnealStrategy.COS,
                true,
                new PerGroup(0.85),
                new PerGroup(0.95),
                25,
                1e4,
                false,
                Per.STEP);
    }

    @Override
    public double lr(int group, double ownLr, Progress at) {
        double peak = maxLr.of(group);
        double first = peak / divFactor;
        double last = first / finalDivFactor;
        return threePhase ? along(at, first, peak, first, last) : along(at, first, peak, last);
    }

    @Override
    public OptionalDouble momentum(int group, Progress at) {
        if (!cycleMomentum) {
            return OptionalDouble.empty();
        }

        double least = baseMomentum.of(group);
        double most = maxMomentum.of(group);
        return OptionalDouble.of(threePhase ? along(at, most, least, most, most) : along(at, most, least, most));
    }

    /** Where the way through the turning points is at a time; phase i leads from turn i to turn i + 1. */
    private double along(Progress at, double... turns) {
        double length = length();
        double time = Math.min(per.time(at), length - 1);
        double start = 0;
        for (int phase = 0; phase < turns.length - 1; phase++) {
            boolean last = phase == turns.length - 2;
            double end = last ? length - 1 : (phase + 1) * (pctStart * length - 1);
            if (time <= end || last) {
                double done = end == start ? 1 : (time - start) / (end - start);
                return between(turns[phase], turns[phase + 1], done);
            }

            start = end;
        }

        throw new AssertionError("The last phase takes every time that is left");
    }

    private double between(double from, double to, double done) {
        return annealStrategy == AnnealStrategy.COS ? CosineAnnealing.wave(from, to, done) : from + (to - from) * done;
    }

    private double length() {
        return totalSteps == null ? (double) epochs * stepsPerEpoch : totalSteps;
    }

    @Override
    public OneCycle over(long steps, int runStepsPerEpoch) {
        if (totalSteps != null || epochs != null || stepsPerEpoch != null) {
            return this;
        }

        long length = Math.max(1, per == Per.STEP ? steps : steps / runStepsPerEpoch);
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "one_cycle goes over too many steps: steps=" + length + ", limit=" + Integer.MAX_VALUE);
        }
        return new OneCycle(
                maxLr,
                (int) length,
                null,
                null,
                pctStart,
                annealStrategy,
                cycleMomentum,
                baseMomentum,
                maxMomentum,
                divFactor,
                finalDivFactor,
                threePhase,
                per);
    }

    @Override
    public void requireReady(int groups) {
        if (totalSteps == null && (epochs == null || stepsPerEpoch == null)) {
            throw new IllegalArgumentException(
                    "The cycle's length is missing, give totalSteps, or epochs and stepsPerEpoch:"
                            + " totalSteps=null, epochs=" + epochs + ", stepsPerEpoch=" + stepsPerEpoch);
        }

        maxLr.requireGroups("maxLr", groups);
        baseMomentum.requireGroups("baseMomentum", groups);
        maxMomentum.requireGroups("maxMomentum", groups);
    }
}
