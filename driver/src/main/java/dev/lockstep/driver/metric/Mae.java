package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Mean absolute error: sklearn's {@code mean_absolute_error}, over several outputs the mean of theirs.
 *
 * <pre>
 *   MAE = Σ |prediction − target| / count
 * </pre>
 */
public record Mae() implements Figure {
    @Override
    public void requireFits(Loss loss, int columns) {
        Fit.of(this, loss, columns).requireEstimates();
    }

    @Override
    public double[] start() {
        return new double[2];
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        double[] predictions = outcome.predictions().data();
        double[] targets = outcome.targets().data();
        for (int i = 0; i < predictions.length; i++) {
            double weight = outcome.weight(i, predictions.length);
            state[0] += weight * Math.abs(predictions[i] - targets[i]);
            state[1] += weight;
        }
        return state;
    }

    @Override
    public double value(double[] state) {
        return state[0] / state[1];
    }

    @Override
    public boolean smallerIsBetter() {
        return true;
    }
}
