package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Tensor;

/** Computes weighted sums whose parameters' gradients do not come through autograd. One thread. */
@FunctionalInterface
public interface WeightedSum {
    /**
     * {@code x Wᵀ + b}.
     *
     * @param x [examples, features]
     * @param weight what {@link Scope#parameter} gave this key for
     * @param bias likewise, or {@link Scope#NONE}
     */
    Tensor of(Tensor x, int weight, int bias);
}
