package dev.lockstep.driver.metric;

import dev.lockstep.losses.Bce;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;

/**
 * Share of examples whose class was predicted: the largest of several columns, or one column on the right side of a threshold.
 *
 * @param threshold of a single column, from which on class 1 is predicted; null for what suits the loss: 0.5 for probabilities, 0 for
 *     logits
 */
public record Accuracy(Double threshold) implements Metric {
    public Accuracy() {
        this(null);
    }

    @Override
    public Metric suited(Loss loss) {
        return threshold == null ? new Accuracy(loss instanceof Bce ? 0.5 : 0.0) : this;
    }

    @Override
    public int sums() {
        return 2;
    }

    @Override
    public void add(Tensor predictions, float[] targets, double[] sums) {
        int rows = predictions.extent(0);
        int columns = rows == 0 ? 0 : predictions.size() / rows;
        double[] values = predictions.data();
        for (int row = 0; row < rows; row++) {
            int predicted =
                    columns == 1 ? (values[row] >= threshold ? 1 : 0) : Columns.largest(values, row * columns, columns);
            sums[0] += predicted == targets[row] ? 1 : 0;
        }
        sums[1] += rows;
    }

    @Override
    public double value(double[] sums) {
        return sums[0] / sums[1];
    }
}
