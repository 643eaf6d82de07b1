package dev.lockstep.optim;

import java.io.Serializable;
import java.util.List;

/**
 * Settings of an optimizer and its one pass over a slice. Immutable and thread-safe: what changes from step to step is in the
 * {@link Slice}.
 *
 * <p>An optimizer that needs sums over the whole tensor before it can update (LARS, LAMB) says how many in {@link #sums()}: then
 * every shard measures its slices, the partial sums are exchanged, and only then they update.
 */
public interface Optimizer extends Serializable {
    /** The rate that a schedule starts from. */
    double lr();

    /** What is kept per parameter value, by PyTorch's names in {@code state_dict}: {@code exp_avg}, {@code momentum_buffer}. */
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
     * Adds this slice's part of each sum to {@code sums}. May change slots (LAMB updates its moments here).
     *
     * @param gradient as in {@link #update}
     */
    default void measure(Slice slice, float[] gradient, double lr, double[] sums) {}

    /**
     * One step: changes the parameters, slots and scalars of the slice.
     *
     * @param gradient of the same length and indices as {@code slice.params()}
     * @param lr what the schedule made of {@link #lr()} for this step
     * @param sums over the whole tensor, from {@link #measure}; empty when {@link #sums()} is 0
     */
    void update(Slice slice, float[] gradient, double lr, double[] sums);
}
