package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import java.io.Serializable;

/**
 * Something measured over a whole data set. Workers add their examples to a state of their own, the driver merges the
 * states in worker order. Implementations are immutable records and thread-safe.
 *
 * <p>A state is an array that may grow. Whoever hands one to {@link #add} or {@link #merge} goes on with what comes
 * back.
 */
public sealed interface Metric extends Serializable permits Figure, MetricTable {
    /**
     * Refuses predictions that this metric cannot read.
     *
     * @param loss which says what they mean
     * @param columns the predictions' extent along dimension 1; 1 where an example has a single value
     * @throws IllegalArgumentException that names both
     */
    void requireFits(Loss loss, int columns);

    /** A new state, of no examples. */
    default double[] start() {
        return new double[0];
    }

    /** The state with some examples added, whose predictions fit. */
    double[] add(double[] state, LabeledPredictions outcome);

    /** The state of the examples of both, unless a metric says otherwise their sum. */
    default double[] merge(double[] state, double[] other) {
        if (state.length == 0) {
            return other;
        }

        for (int i = 0; i < other.length; i++) {
            state[i] += other[i];
        }
        return state;
    }
}
