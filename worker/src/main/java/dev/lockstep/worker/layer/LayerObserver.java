package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Tensor;

/** Sees what every layer hands on, while it is handed on. */
@FunctionalInterface
public interface LayerObserver {
    /**
     * @param layer what {@link Scope#fitted} gave this key for
     * @param output live, and part of the graph
     */
    void saw(int layer, Tensor output);
}
