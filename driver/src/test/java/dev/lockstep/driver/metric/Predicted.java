package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import java.util.Arrays;

/**
 * Predictions of some examples with their targets, to be cut in parts.
 *
 * @param shape of the predictions, examples first
 */
record Predicted(Loss loss, int[] shape, double[] predictions, float[] targets) {
    int count() {
        return shape[0];
    }

    int columns() {
        return shape.length < 2 ? 1 : shape[1];
    }

    LabeledPredictions outcome() {
        return new LabeledPredictions(loss, Tensor.of(predictions, shape), targets);
    }

    LabeledPredictions weighted(float[] weights) {
        return new LabeledPredictions(loss, Tensor.of(predictions, shape), targets, weights);
    }

    Predicted part(int from, int to) {
        int[] cut = shape.clone();
        cut[0] = to - from;
        int wide = predictions.length / count();
        int targetsWide = targets.length / count();
        return new Predicted(
                loss,
                cut,
                Arrays.copyOfRange(predictions, from * wide, to * wide),
                Arrays.copyOfRange(targets, from * targetsWide, to * targetsWide));
    }

    /** What a metric makes of it, piece after piece. */
    double[] state(Metric metric, int piece) {
        double[] state = metric.start();
        for (int from = 0; from < count(); from += piece) {
            state = metric.add(
                    state, part(from, Math.min(count(), from + piece)).outcome());
        }

        return state;
    }

    /** A metric's one figure, or its table's numbers one after another. */
    static double[] figures(Metric metric, double[] state) {
        if (metric instanceof Figure figure) {
            return new double[] {figure.value(state)};
        }
        return ((MetricTable) metric)
                .rows(state).stream()
                        .flatMapToDouble(row -> row.stream().mapToDouble(Double::doubleValue))
                        .toArray();
    }
}
