package dev.lockstep.losses;

import java.io.Serializable;
import java.util.List;

/**
 * A loss with its derivative by every input. Implementations are immutable records and thread-safe.
 *
 * <p>The derivative is that of the <em>sum</em>, because sums of unequal shares can be added and means cannot; whoever has all the
 * shares of a batch divides by {@code reduction().divisor(Σ weight)}.
 */
public interface Loss extends Serializable {
    /** What an input of a loss is. */
    enum Role {
        /** Comes out of the network and takes a gradient. */
        PREDICTION,
        /** Comes from the data. */
        TARGET,
        /** Counts the valid steps of a sequence. */
        LENGTH
    }

    /** The inputs in PyTorch's order of the call. */
    List<Role> inputs();

    Reduction reduction();

    /**
     * Adds up the losses and writes the derivative of that sum.
     *
     * @param gradients one per input, of that input's shape, overwritten; null where none is wanted
     * @throws IllegalArgumentException if shapes do not fit one another or a target is outside its range; it names the position
     *     and the value
     */
    LossSum evaluate(Tensor[] inputs, Tensor[] gradients);

    /**
     * The losses one by one: PyTorch's reduction "none".
     *
     * @param upstream derivative of whatever follows by each of these values, of their shape; null for all ones
     * @param gradients as for {@link #evaluate}, but of {@code Σ value · upstream}
     */
    Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients);
}
