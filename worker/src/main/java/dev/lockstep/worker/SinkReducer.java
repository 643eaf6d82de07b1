package dev.lockstep.worker;

import dev.lockstep.worker.layer.BatchReducer;
import java.util.Arrays;

/** The other workers in one step, as the sink of its gradients reaches them. */
record SinkReducer(GradientSink sink, GradientHooks hooks, boolean isGhost) implements BatchReducer {
    @Override
    public void allReduce(double[] values) {
        hooks.requireSound();
        if (isGhost) {
            Arrays.fill(values, 0);
        }
        sink.allReduce(values);
    }

    @Override
    public void failed(RuntimeException cause) {
        hooks.failed(cause);
    }
}
