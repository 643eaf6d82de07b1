package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Coefficient of determination: sklearn's {@code r2_score}, over several outputs the mean of theirs.
 *
 * <pre>
 *   R² = 1/D Σ over outputs (1 − Σ (target − prediction)² / Σ (target − mean)²)
 * </pre>
 *
 * An output whose targets are all the same counts 1 if it is predicted exactly and 0 else. NaN over fewer than two
 * examples. A state is N, then for each output the targets' mean, their sum of squares about it and the residuals' sum
 * of squares; means are carried on and merged as in Chan, Golub and LeVeque (1979), which loses no digits where the
 * mean is far from 0.
 */
public record R2() implements Figure {
    private static final int FIELDS = 3;
    /** The weight of all rows, and their number. */
    private static final int HEAD = 2;

    @Override
    public void requireFits(Loss loss, int columns) {
        Fit.of(this, loss, columns).requireEstimates();
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        int rows = outcome.predictions().extent(0);
        double[] predictions = outcome.predictions().data();
        double[] targets = outcome.targets().data();
        int outputs = rows == 0 ? 0 : predictions.length / rows;
        double[] sums = state;
        for (int row = 0; row < rows; row++) {
            double[] one = new double[HEAD + outputs * FIELDS];
            one[0] = outcome.weight(row, rows);
            one[1] = 1;
            if (one[0] == 0) {
                continue;
            }
            for (int output = 0; output < outputs; output++) {
                int i = row * outputs + output;
                one[HEAD + output * FIELDS] = targets[i];
                one[HEAD + 2 + output * FIELDS] =
                        one[0] * (targets[i] - predictions[i]) * (targets[i] - predictions[i]);
            }
            sums = merge(sums, one);
        }

        return sums;
    }

    @Override
    public double[] merge(double[] state, double[] other) {
        if (state.length == 0 || other.length == 0) {
            return state.length == 0 ? other : state;
        }

        double weight = state[0] + other[0];
        for (int at = HEAD; at < state.length; at += FIELDS) {
            double apart = other[at] - state[at];
            state[at] += apart * other[0] / weight;
            state[at + 1] += other[at + 1] + apart * apart * state[0] * other[0] / weight;
            state[at + 2] += other[at + 2];
        }
        state[0] = weight;
        state[1] += other[1];
        return state;
    }

    @Override
    public double value(double[] state) {
        if (state.length == 0 || state[1] < 2) {
            return Double.NaN;
        }

        double sum = 0;
        int outputs = state.length / FIELDS;
        for (int output = 0; output < outputs; output++) {
            sum += share(state[HEAD + 2 + output * FIELDS], state[HEAD + 1 + output * FIELDS]);
        }
        return sum / outputs;
    }

    private static double share(double residuals, double spread) {
        if (spread == 0) {
            return residuals == 0 ? 1 : 0;
        }
        return 1 - residuals / spread;
    }
}
