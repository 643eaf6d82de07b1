package org.example.mine;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Slice;
import java.util.List;

/** {@code w ← w − η sign(g)}. */
public record SignSgd(double lr) implements Optimizer {
    public SignSgd {
        if (!(lr > 0)) {
            throw new IllegalArgumentException("lr must be above 0: lr=" + lr);
        }
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
    public void update(Slice slice, float[] gradient, double rate, double[] sums) {
        for (int i = slice.start(); i < slice.end(); i++) {
            slice.params()[i] -= (float) rate * Math.signum(gradient[i]);
        }
    }
}
