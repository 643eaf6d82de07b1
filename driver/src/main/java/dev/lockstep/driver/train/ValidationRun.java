package dev.lockstep.driver.train;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.Pieces;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Replica;
import java.util.Iterator;

/** Measures a worker's part of the validation data with the parameters that its replica has now. */
final class ValidationRun {
    /** Of so many examples together, which bounds the activations' memory. */
    private static final int PIECE = 256;

    private final TaskPlan plan;
    private final Replica replica;
    private LossSum loss = LossSum.NONE;
    private final double[][] sums;

    ValidationRun(TaskPlan plan, Replica replica) {
        this.plan = plan;
        this.replica = replica;
        this.sums =
                plan.metrics().stream().map(metric -> new double[metric.sums()]).toArray(double[][]::new);
    }

    /** Sum and weight of the loss, then the metrics' sums one after another; empty without validation data. */
    double[] run(Iterator<PackedSlice> slices) {
        if (plan.validation() == null) {
            return new double[0];
        }

        Pieces pieces = new Pieces(plan.validation().format(), slices, PIECE);
        while (pieces.hasNext()) {
            Examples piece = pieces.next();
            Tensor predictions = replica.predict(piece);
            loss = loss.plus(replica.loss(predictions, piece));
            for (int i = 0; i < sums.length; i++) {
                plan.metrics().get(i).add(predictions, piece.targets(), sums[i]);
            }
        }

        return flat();
    }

    private double[] flat() {
        int count = 2 + plan.metrics().stream().mapToInt(Metric::sums).sum();
        double[] flat = new double[count];
        flat[0] = loss.sum();
        flat[1] = loss.weight();
        int at = 2;
        for (double[] ofMetric : sums) {
            System.arraycopy(ofMetric, 0, flat, at, ofMetric.length);
            at += ofMetric.length;
        }

        return flat;
    }
}
