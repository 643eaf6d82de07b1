package dev.lockstep.driver.model;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.Pieces;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.metric.Figure;
import dev.lockstep.driver.metric.LabeledPredictions;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.ShareLoss;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is measured on data that nothing is learned from: the loss and some metrics. Immutable; workers measure their
 * parts and the driver puts them together.
 *
 * @param names under which the metrics' figures are reported
 * @param metrics in the order of the names
 */
public record Measurement(Loss loss, List<String> names, List<Metric> metrics) implements Serializable {
    /** Of so many examples together, which bounds the activations' memory. */
    private static final int PIECE = 256;

    public Measurement {
        names = List.copyOf(names);
        metrics = List.copyOf(metrics);
    }

    /** The loss and metrics of a job. */
    public static Measurement of(List<Metric> metrics, Loss loss) {
        Map<String, Metric> named = Metrics.named(metrics);
        return new Measurement(loss, List.copyOf(named.keySet()), List.copyOf(named.values()));
    }

    /** Sum and weight of the loss, then the state of each metric, of what is predicted for the examples. */
    public double[][] measure(Function<Examples, Tensor> predict, RowFormat format, Iterator<PackedSlice> slices) {
        ShareLoss objective = new ShareLoss(loss);
        LossSum sum = LossSum.NONE;
        double[][] states = start();
        Pieces pieces = new Pieces(format, slices, PIECE);
        while (pieces.hasNext()) {
            Examples piece = pieces.next();
            Tensor predictions = predict.apply(piece);
            sum = sum.plus(objective.evaluate(predictions, piece, null));
            add(states, predictions, piece);
        }

        states[0] = new double[] {sum.sum(), sum.weight()};
        return states;
    }

    private double[][] start() {
        double[][] states = new double[1 + metrics.size()][];
        for (int i = 0; i < metrics.size(); i++) {
            states[1 + i] = metrics.get(i).start();
        }
        return states;
    }

    private void add(double[][] states, Tensor predictions, Examples piece) {
        if (metrics.isEmpty()) {
            // Not every loss has predictions that can be laid beside targets.
            return;
        }

        LabeledPredictions outcome = new LabeledPredictions(loss, predictions, piece.targets(), piece.weights());
        for (int i = 0; i < metrics.size(); i++) {
            states[1 + i] = metrics.get(i).add(states[1 + i], outcome);
        }
    }

    /**
     * The figures over all parts of the data.
     *
     * @param parts what {@link #measure} gave for each part; merged in this order and given up
     */
    public Measured measured(List<double[][]> parts) {
        LossSum sum = LossSum.NONE;
        double[][] states = start();
        for (double[][] part : parts) {
            sum = sum.plus(new LossSum(part[0][0], part[0][1]));
            for (int i = 0; i < metrics.size(); i++) {
                states[1 + i] = metrics.get(i).merge(states[1 + i], part[1 + i]);
            }
        }

        Measured measured = Measured.of(loss.reduction().of(sum.sum(), sum.weight()));
        for (int i = 0; i < metrics.size(); i++) {
            measured.put(names.get(i), metrics.get(i), states[1 + i]);
        }
        return measured;
    }

    /** A figure that is to be watched, {@code loss} or a metric's, turned so that smaller is better. */
    public double cost(String name, Map<String, Double> figures) {
        int index = names.indexOf(name);
        boolean smallerIsBetter = index < 0 || ((Figure) metrics.get(index)).smallerIsBetter();
        return smallerIsBetter ? figures.get(name) : -figures.get(name);
    }
}
