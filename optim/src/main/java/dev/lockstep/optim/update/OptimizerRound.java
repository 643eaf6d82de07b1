package dev.lockstep.optim.update;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.schedule.Progress;

/** The sums over whole tensors that LARS and LAMB ask for. */
record OptimizerRound(UpdateRule rule, int width) implements Round {
    @Override
    public void measure(RangeState range, int part, float[] gradient, Progress at, double[] sums) {
        int group = range.group(part);
        Optimizer optimizer = rule.optimizer(group, at);
        if (optimizer.sums() > 0) {
            optimizer.measure(range.slice(part), gradient, rule.lr(group, at), sums);
        }
    }

    @Override
    public double combine(int column, double one, double other) {
        return one + other;
    }
}
