package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Root of the mean squared error: sklearn's {@code root_mean_squared_error}, over several outputs the mean of theirs.
 *
 * <pre>
 *   RMSE = 1/D Σ over outputs √(Σ (prediction − target)² / N)
 * </pre>
 *
 * Everything that an example has is an output of its own. A state is N, then the sum of squares of each output.
 */
public record Rmse() implements Figure {
    @Override
    public void requireFits(Loss loss, int columns) {
        Fit.of(this, loss, columns).requireEstimates();
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        int rows = outcome.predictions().extent(0);
        if (rows == 0) {
            return state;
        }

        double[] predictions = outcome.predictions().data();
        double[] targets = outcome.targets().data();
        int outputs = predictions.length / rows;
        double[] sums = state.length == 0 ? new double[1 + outputs] : state;
        for (int i = 0; i < predictions.length; i++) {
            double residual = predictions[i] - targets[i];
            sums[1 + i % outputs] += outcome.weight(i, predictions.length) * residual * residual;
        }
        for (int row = 0; row < rows; row++) {
            sums[0] += outcome.weight(row, rows);
        }
        return sums;
    }

    @Override
    public double value(double[] state) {
        if (state.length == 0) {
            return Double.NaN;
        }

        double sum = 0;
        for (int output = 1; output < state.length; output++) {
            sum += Math.sqrt(state[output] / state[0]);
        }
        return sum / (state.length - 1);
    }

    @Override
    public boolean smallerIsBetter() {
        return true;
    }
}
