package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.io.Serializable;
import java.util.Optional;

/**
 * A lower rate when a metric has stopped improving, as {@code torch.optim.lr_scheduler.ReduceLROnPlateau}.
 *
 * <pre>
 *   better   metric &lt; best (1 − threshold)   rel, min         metric &lt; best − threshold   abs, min
 *            metric &gt; best (1 + threshold)   rel, max         metric &gt; best + threshold   abs, max
 *   more than {@code patience} metrics in turn that are not better: reductions ← reductions + 1, then {@code
 *   cooldown} metrics during which none counts as bad
 *   η ← max(η · factor, minLr), if that lowers it by more than eps, once per reduction
 * </pre>
 *
 * <p>The rate is a function of the number of reductions, which every update's {@link Progress} carries; whoever
 * measures the metric keeps the {@link State} and puts it in the checkpoint. NaN is never better.
 */
public record ReduceLrOnPlateau(
        Mode mode,
        double factor,
        int patience,
        double threshold,
        ThresholdMode thresholdMode,
        int cooldown,
        PerGroup minLr,
        double eps)
        implements Schedule {
    /** Which way is better. */
    public enum Mode {
        MIN,
        MAX
    }

    /** Whether the threshold is a share of the best metric or a distance from it. */
    public enum ThresholdMode {
        REL,
        ABS
    }

    /**
     * What is known of the metrics so far.
     *
     * @param bad metrics in turn that were no improvement
     * @param cooldown metrics for which none will count as bad
     * @param reductions for {@link Progress}
     */
    public record State(double best, int bad, int cooldown, int reductions) implements Serializable {}

    public ReduceLrOnPlateau {
        SettingChecks.requireAtLeastZero("factor", factor);
        SettingChecks.requireAtLeast("patience", patience, 0);
        SettingChecks.requireFinite("threshold", threshold);
        SettingChecks.requireAtLeast("cooldown", cooldown, 0);
        SettingChecks.requireAtLeastZero("eps", eps);
        minLr.requireAtLeastZero("minLr");
        if (factor >= 1) {
            throw new IllegalArgumentException("factor must be below 1: factor=" + factor);
        }
    }

    public ReduceLrOnPlateau() {
        this(Mode.MIN, 0.1, 10, 1e-4, ThresholdMode.REL, 0, new PerGroup(0), 1e-8);
    }

    public State start() {
        return new State(mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY, 0, 0, 0);
    }

    /**
     * What an epoch's metric makes of the state, where a plateau sets the rate of the epoch's last update; elsewhere
     * the state stays.
     *
     * @param before null for none
     */
    public static State after(Schedule schedule, Progress lastUpdate, State before, double metric) {
        return schedule.plateau(lastUpdate)
                .map(plateau -> plateau.next(before == null ? plateau.start() : before, metric))
                .orElse(before);
    }

    /** What one more metric makes of the state. */
    public State next(State state, double metric) {
        boolean better = better(metric, state.best);
        double best = better ? metric : state.best;
        int bad = better || state.cooldown > 0 ? 0 : state.bad + 1;
        if (bad > patience) {
            return new State(best, 0, cooldown, state.reductions + 1);
        }

        return new State(best, bad, Math.max(0, state.cooldown - 1), state.reductions);
    }

    private boolean better(double metric, double best) {
        double change = mode == Mode.MIN ? -threshold : threshold;
        double bound = thresholdMode == ThresholdMode.REL ? best * (1 + change) : best + change;
        return mode == Mode.MIN ? metric < bound : metric > bound;
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        double least = minLr.of(group);
        double lr = baseLr;
        for (int k = 0; k < at.reductions(); k++) {
            double lower = Math.max(lr * factor, least);
            // A reduction that is too small is refused, and so are all that follow, because they start from the same
            // rate.
            if (lr - lower <= eps) {
                return lr;
            }

            lr = lower;
        }

        return lr;
    }

    @Override
    public void requireReady(int groups) {
        minLr.requireGroups("minLr", groups);
    }

    @Override
    public Optional<ReduceLrOnPlateau> plateau() {
        return Optional.of(this);
    }
}
