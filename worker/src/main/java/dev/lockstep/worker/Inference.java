package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;

/**
 * A trained network that only predicts: its weights once in native memory, and no gradient. Any number of threads at
 * once; each has its own place for inputs and activations while it predicts, and leaves it to the next one.
 */
public interface Inference extends AutoCloseable {
    /** Predictions in evaluation mode, one row per example. */
    Tensor predict(Examples share);

    /** When nobody predicts any more. */
    @Override
    void close();
}
