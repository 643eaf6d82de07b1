package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;

/**
 * What a network predicted for some examples, beside what is true of them, in the shapes that their loss gives both.
 * One thread.
 */
public final class LabeledPredictions {
    private final Loss loss;
    private final Tensor predictions;
    private final Tensor targets;
    private final float[] weights;

    /** Of examples that all count the same; see the other constructor. */
    public LabeledPredictions(Loss loss, Tensor predictions, float[] targets) {
        this(loss, predictions, targets, /* weights */ null);
    }

    /**
     * @param predictions [N], [N, 1], or with the classes or outputs along dimension 1, as [N, C] and [N, C, d1, d2];
     *     not copied
     * @param targets as the examples carry them, row after row
     * @param weights of each example; null where all count the same
     * @throws IllegalArgumentException if their number does not fit
     */
    public LabeledPredictions(Loss loss, Tensor predictions, float[] targets, float[] weights) {
        this.loss = loss;
        this.predictions = Estimates.of(loss, predictions);
        double[] values = new double[targets.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = targets[i];
        }
        this.weights = weights;
        this.targets = loss.target(values, this.predictions.shape());
    }

    public Loss loss() {
        return loss;
    }

    /** The live values, in the targets' unit where the loss is one of numbers. */
    public Tensor predictions() {
        return predictions;
    }

    /** Class indices of each position, or numbers of the predictions' shape. */
    public Tensor targets() {
        return targets;
    }

    /** What one of so many positions, or values, counts: the weight of its example. */
    double weight(int position, int positions) {
        return weights == null ? 1 : weights[position / (positions / weights.length)];
    }

    Meaning meaning() {
        return Meaning.of(loss);
    }
}
