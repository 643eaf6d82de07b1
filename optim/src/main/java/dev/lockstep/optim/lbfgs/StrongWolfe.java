package dev.lockstep.optim.lbfgs;

/**
 * A line search for the strong Wolfe conditions, as PyTorch's {@code _strong_wolfe}.
 *
 * <pre>
 *   f(t) ≤ f(0) + c₁ t f'(0)        |f'(t)| ≤ −c₂ f'(0)
 * </pre>
 *
 * <p>First steps outwards until two points bracket such a t, then narrows the bracket by cubic interpolation.
 */
final class StrongWolfe<V> {
    private static final double C1 = 1e-4;
    private static final double C2 = 0.9;
    private static final double LEAST_BRACKET = 1e-9;
    private static final int MOST_TRIALS = 25;

    private final Line<V> line;
    private final LineSearchPoint<V> start;
    private LineSearchPoint<V> low;
    private LineSearchPoint<V> high;
    private int trials;
    private boolean found;

    StrongWolfe(Line<V> line, LineSearchPoint<V> start) {
        this.line = line;
        this.start = start;
    }

    /** The best trial, beginning at distance {@code t}. */
    LineSearchPoint<V> search(double t) {
        bracket(t);
        zoom();
        return low;
    }

    private void bracket(double t) {
        LineSearchPoint<V> before = start;
        LineSearchPoint<V> now = line.at(t);
        while (trials < MOST_TRIALS) {
            if (tooHigh(now) || (trials > 1 && now.value() >= before.value())) {
                keep(before, now);
                return;
            }
            if (flat(now)) {
                found = true;
                keep(now, now);
                return;
            }
            if (now.slope() >= 0) {
                keep(before, now);
                return;
            }

            double next =
                    LineSearchPoint.interpolate(before, now, now.t() + 0.01 * (now.t() - before.t()), now.t() * 10);
            before = now;
            now = line.at(next);
            trials++;
        }

        keep(start, now);
    }

    private boolean tooHigh(LineSearchPoint<V> trial) {
        return trial.value() > start.value() + C1 * trial.t() * start.slope();
    }

    private boolean flat(LineSearchPoint<V> trial) {
        return Math.abs(trial.slope()) <= -C2 * start.slope();
    }

    private void keep(LineSearchPoint<V> one, LineSearchPoint<V> other) {
        boolean ordered = one.value() <= other.value();
        low = ordered ? one : other;
        high = ordered ? other : one;
    }

    private void zoom() {
        boolean stuck = false;
        while (!found && trials < MOST_TRIALS && line.largestStep(high.t() - low.t()) >= LEAST_BRACKET) {
            double least = Math.min(low.t(), high.t());
            double most = Math.max(low.t(), high.t());
            double t = LineSearchPoint.interpolate(low, high, least, most);
            double margin = 0.1 * (most - least);
            boolean close = Math.min(most - t, t - least) < margin;
            if (close && (stuck || t >= most || t <= least)) {
                t = Math.abs(t - most) < Math.abs(t - least) ? most - margin : least + margin;
                stuck = false;
            } else {
                stuck = close;
            }

            narrow(line.at(t));
            trials++;
        }
    }

    private void narrow(LineSearchPoint<V> trial) {
        if (tooHigh(trial) || trial.value() >= low.value()) {
            keep(low, trial);
            return;
        }

        found = flat(trial);
        if (!found && trial.slope() * (high.t() - low.t()) >= 0) {
            high = low;
        }

        low = trial;
    }
}
