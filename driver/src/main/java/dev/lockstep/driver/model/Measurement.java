package dev.lockstep.driver.model;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.Pieces;
import dev.lockstep.driver.data.RowFormat;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Replica;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured on data that nothing is learned from: the loss and some metrics. Immutable; workers measure their parts and the driver
 * adds them up.
 *
 * @param names under which the metrics' figures are reported
 * @param metrics in the order of the names
 */
public record Measurement(List<String> names, List<Metric> metrics) implements Serializable {
    /** Of so many examples together, which bounds the activations' memory. */
    private static final int PIECE = 256;

    public Measurement {
        names = List.copyOf(names);
        metrics = List.copyOf(metrics);
    }

    /** Metrics of a job, suited to its loss. */
    public static Measurement of(List<Metric> metrics, Loss loss) {
        Map<String, Metric> named = Metrics.named(metrics);
        return new Measurement(
                List.copyOf(named.keySet()),
                named.values().stream().map(metric -> metric.suited(loss)).toList());
    }

    /** Sum and weight of the loss, then the metrics' sums one after another, with the parameters that the replica has now. */
    public double[] measure(Replica replica, RowFormat format, Iterator<PackedSlice> slices) {
        LossSum loss = LossSum.NONE;
        double[][] sums =
                metrics.stream().map(metric -> new double[metric.sums()]).toArray(double[][]::new);
        Pieces pieces = new Pieces(format, slices, PIECE);
        while (pieces.hasNext()) {
            Examples piece = pieces.next();
            Tensor predictions = replica.predict(piece);
            loss = loss.plus(replica.loss(predictions, piece));
            for (int i = 0; i < sums.length; i++) {
                metrics.get(i).add(predictions, piece.targets(), sums[i]);
            }
        }

        return flat(loss, sums);
    }

    /**
     * The figures by name, {@code loss} first.
     *
     * @param parts what {@link #measure} gave for each part of the data; added in this order
     */
    public Map<String, Double> figures(Reduction reduction, List<double[]> parts) {
        double[] sums = new double[flat(LossSum.NONE, empty()).length];
        for (double[] part : parts) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += part[i];
            }
        }

        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", sums[0] / reduction.divisor(sums[1]));
        int at = 2;
        for (int i = 0; i < metrics.size(); i++) {
            double[] own = new double[metrics.get(i).sums()];
            System.arraycopy(sums, at, own, 0, own.length);
            figures.put(names.get(i), metrics.get(i).value(own));
            at += own.length;
        }
        return figures;
    }

    private double[][] empty() {
        return metrics.stream().map(metric -> new double[metric.sums()]).toArray(double[][]::new);
    }

    private static double[] flat(LossSum loss, double[][] sums) {
        int count = 2;
        for (double[] own : sums) {
            count += own.length;
        }
        double[] flat = new double[count];
        flat[0] = loss.sum();
        flat[1] = loss.weight();
        int at = 2;
        for (double[] own : sums) {
            System.arraycopy(own, 0, flat, at, own.length);
            at += own.length;
        }
        return flat;
    }
}
