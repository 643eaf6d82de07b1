package dev.lockstep.optim;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * Settings of an optimizer and its one pass over a slice. Immutable and thread-safe: what changes from step to step is
 * in the {@link Slice}.
 *
 * <p>An optimizer that needs sums over the whole tensor before it can update (LARS, LAMB) says how many in
 * {@link #sums()}: then every shard measures its slices, the partial sums are exchanged, and only then they update.
 *
 * <p>A tensor without gradient is not passed to {@link #update} at all, so its step count stays.
 */
public interface Optimizer extends Serializable {
    /** The rate that a schedule starts from. */
    double lr();

    /**
     * What is kept per parameter value, by PyTorch's names in {@code state_dict}: {@code exp_avg},
     * {@code momentum_buffer}.
     */
    List<String> slots();

    /** What is kept per tensor: {@code step}, {@code mu_product}. All start at 0 before {@link #start}. */
    List<String> scalars();

    /** Fills a new slice's slots and scalars with their first values. Arrays come zeroed. */
    default void start(Slice slice) {}

    /** How many sums over the whole tensor an update needs; 0 for most. */
    default int sums() {
        return 0;
    }

    /**
     * Adds this slice's part of each sum to {@code sums}; not called where {@link #sums()} is 0. Changes nothing else,
     * so that a step may be measured again.
     *
     * @param gradient as in {@link #update}
     */
    default void measure(Slice slice, float[] gradient, double lr, double[] sums) {}

    /**
     * One step: changes the parameters, slots and scalars of the slice. What becomes of a value must not depend on
     * which others are in the slice, because a tensor is given in pieces, each with the scalars of the step before.
     *
     * @param gradient of the same length and indices as {@code slice.params()}
     * @param lr what the schedule made of {@link #lr()} for this step
     * @param sums over the whole tensor, from {@link #measure}; empty when {@link #sums()} is 0
     */
    void update(Slice slice, float[] gradient, double lr, double[] sums);

    /**
     * The same settings with another momentum (or first beta), for schedules that cycle it.
     *
     * @throws IllegalArgumentException if this optimizer has none
     */
    default Optimizer withMomentum(double momentum) {
        throw new IllegalArgumentException(
                "Optimizer has no momentum that a schedule could cycle: optimizer=" + this + ", momentum=" + momentum);
    }

    /** The slot that holds averaged parameters, which are better evaluated than the last ones; empty for most. */
    default OptionalInt averageSlot() {
        return OptionalInt.empty();
    }
}
