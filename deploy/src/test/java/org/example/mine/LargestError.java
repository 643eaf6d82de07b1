package org.example.mine;

import dev.lockstep.driver.metric.Figure;
import dev.lockstep.driver.metric.LabeledPredictions;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.PredictionKind;

/** {@code max |prediction − target|}. */
public record LargestError() implements Figure {
    @Override
    public void requireFits(Loss loss, int columns) {
        if (loss.predictionKind() != PredictionKind.NUMBERS) {
            throw new IllegalArgumentException(
                    "largest_error needs a loss of numbers: loss=" + loss + ", columns=" + columns);
        }
    }

    @Override
    public double[] start() {
        return new double[] {Double.NaN};
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        double[] predictions = outcome.predictions().data();
        for (int i = 0; i < predictions.length; i++) {
            double error = Math.abs(predictions[i] - outcome.targets().data()[i]);
            state[0] = Double.isNaN(state[0]) ? error : Math.max(state[0], error);
        }
        return state;
    }

    @Override
    public double[] merge(double[] state, double[] other) {
        boolean first = Double.isNaN(state[0]) || other[0] > state[0];
        return first ? other : state;
    }

    @Override
    public double value(double[] state) {
        return state[0];
    }

    @Override
    public boolean smallerIsBetter() {
        return true;
    }
}
