package dev.lockstep.optim.update;

import java.io.Serializable;
import java.util.Optional;

/** Keeps gradients from growing too large. Immutable and thread-safe. */
public interface Clip extends Serializable {
    /** The norm that must be known over all ranges first; empty where each value is looked at alone. */
    default Optional<Norm> norm() {
        return Optional.empty();
    }

    /** Whether that norm is of all tensors together and not of each. */
    default boolean global() {
        return false;
    }

    /**
     * Clips the values of one tensor from {@code start} to {@code end}.
     *
     * @param norm of all tensors or of this one, as {@link #global()} says; NaN without a {@link #norm()}
     */
    void clip(float[] gradient, int start, int end, double norm);
}
