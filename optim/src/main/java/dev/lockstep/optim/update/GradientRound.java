package dev.lockstep.optim.update;

import dev.lockstep.optim.Sums;
import dev.lockstep.optim.schedule.Progress;
import java.util.Optional;

/**
 * Looks at the whole gradient: the sum of its squares, which shows NaN and infinity because squares of floats cannot
 * overflow a double, and the norm that clipping asks for.
 */
record GradientRound(Optional<Norm> norm) implements Round {
    private static final int SQUARES = 0;
    private static final int NORM = 1;

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void measure(RangeState range, int part, float[] gradient, Progress at, double[] sums) {
        range.eachRun(part, (start, end) -> measure(gradient, start, end, sums));
        range.addSquares(sums[SQUARES]);
    }

    void measure(float[] gradient, int start, int end, double[] sums) {
        double squares = Sums.ofSquares(gradient, start, end);
        sums[SQUARES] += squares;
        if (norm.isPresent()) {
            sums[NORM] = norm.get().combine(sums[NORM], norm.get().partial(gradient, start, end, squares));
        }
    }

    @Override
    public double combine(int column, double one, double other) {
        return column == SQUARES || norm.isEmpty() ? one + other : norm.get().combine(one, other);
    }

    /** The last tensor with NaN or infinity, which the backward pass reached first; -1 if all are finite. */
    static int lastNonFinite(Totals totals) {
        for (int tensor = totals.tensors() - 1; tensor >= 0; tensor--) {
            if (!Double.isFinite(totals.of(tensor)[SQUARES])) {
                return tensor;
            }
        }

        return -1;
    }

    double tensorNorm(Totals totals, int tensor) {
        return norm.orElseThrow().of(totals.of(tensor)[NORM]);
    }

    double globalNorm(Totals totals) {
        double total = 0;
        for (int tensor = 0; tensor < totals.tensors(); tensor++) {
            total = norm.orElseThrow().combine(total, totals.of(tensor)[NORM]);
        }

        return norm.orElseThrow().of(total);
    }
}
