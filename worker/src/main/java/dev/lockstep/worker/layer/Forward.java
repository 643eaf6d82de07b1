package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Tensor;

/** How a layer computes; the backward pass is libtorch's. Holds no state of its own: that is in the pass. */
@FunctionalInterface
public interface Forward {
    /**
     * @param input examples along the first dimension
     */
    Tensor forward(Tensor input, Pass pass);
}
