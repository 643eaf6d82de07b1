package dev.lockstep.losses;

import java.util.List;

/** A loss that looks at each element alone. One of its own gives the kernel, and what it refuses. */
public interface ElementwiseLoss extends Loss {
    /**
     * Checks what is special to this loss, and tells what to compute with what.
     *
     * @param inputs as many as {@link #inputs}, and gradients of their shapes
     * @throws IllegalArgumentException as {@link #evaluate}
     */
    Elements elements(Tensor[] inputs, Tensor[] gradients);

    @Override
    default List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    default LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        return elements(inputs, gradients).sum(gradients);
    }

    @Override
    default Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        return elements(inputs, gradients).values(upstream, gradients);
    }
}
