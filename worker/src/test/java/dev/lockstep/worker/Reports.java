package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a replica reports. */
final class Reports implements GradientSink {
    final List<LossSum> losses = new ArrayList<>();
    final List<Integer> ready = new ArrayList<>();

    @Override
    public void started(LossSum loss) {
        losses.add(loss);
    }

    @Override
    public void ready(int parameter) {
        ready.add(parameter);
    }
}
