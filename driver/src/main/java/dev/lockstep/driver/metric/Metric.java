package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import java.io.Serializable;

/** A figure over a whole data set, made of sums that workers keep apart and the driver adds. Immutable and thread-safe. */
public interface Metric extends Serializable {
    /** The same metric, with what its settings leave open chosen for a loss. */
    default Metric suited(Loss loss) {
        return this;
    }

    /** How many sums it keeps. */
    int sums();

    /**
     * Adds some examples.
     *
     * @param predictions one row per example
     * @param targets as the examples carry them, row after row
     */
    void add(Tensor predictions, float[] targets, double[] sums);

    /** The figure; NaN when it is not defined, as over no examples. */
    double value(double[] sums);
}
