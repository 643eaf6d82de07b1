package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;

/** Nobody wants the gradients. */
public enum NoSink implements GradientSink {
    NO_SINK;

    @Override
    public void started(LossSum loss) {}

    @Override
    public void ready(int parameter) {}
}
