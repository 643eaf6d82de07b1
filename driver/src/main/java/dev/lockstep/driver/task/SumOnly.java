package dev.lockstep.driver.task;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Slice;
import java.util.List;

/** For shards that only add up: what they keep, and send to everybody, is the gradient of the last step itself. */
public record SumOnly() implements Optimizer {
    @Override
    public double lr() {
        return 1;
    }

    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public List<String> scalars() {
        return List.of();
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        System.arraycopy(gradient, slice.start(), slice.params(), slice.start(), slice.count());
    }
}
