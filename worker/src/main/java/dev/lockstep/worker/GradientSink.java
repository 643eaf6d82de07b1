package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;

/** Is told, during the backward pass, which gradients are finished. Called in the thread that computes. */
public interface GradientSink {
    /** The forward pass is over; the loss comes next. */
    default void predicted() {}

    /**
     * Replaces each value by its sum over all workers and returns when that is there. Only networks with a layer that
     * says {@code sync: true} call it, several times in the forward and the backward pass; all workers in the same
     * order. A worker alone leaves the values as they are.
     */
    default void allReduce(double[] values) {}

    /** The loss is known, and nothing of the gradient is there yet. */
    void started(LossSum loss);

    /**
     * The gradient of one parameter is in {@link Replica#gradient()} and stays there until the next step; its value is
     * not read again in this step, so new values may be written over it.
     *
     * @param parameter index in {@link Replica#parameters()}
     */
    void ready(int parameter);

    /**
     * As {@link #ready(int)}, of a sparse parameter.
     *
     * @param rows that the share names, rising; all others are 0
     */
    default void ready(int parameter, int[] rows) {
        ready(parameter);
    }
}
