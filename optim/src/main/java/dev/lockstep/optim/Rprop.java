package dev.lockstep.optim;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Resilient backpropagation, as {@code torch.optim.Rprop} (Riedmiller and Braun 1993, the variant iRprop−): only signs
 * count, so it is meant for the whole data set as one batch.
 *
 * <pre>
 *   d ← ±g
 *   s ← clamp(s · η⁺ if d·p &gt; 0, s · η⁻ if d·p &lt; 0, s otherwise)      s = lr before the first step
 *   d ← 0 if d·p &lt; 0
 *   w ← w − s · sign(d)
 *   p ← d
 * </pre>
 */
public record Rprop(double lr, Etas etas, StepSizes stepSizes, boolean maximize) implements Optimizer {
    private static final int STEP = 0;

    /**
     * Factors of a step size.
     *
     * @param minus after a change of sign, above 0 and below 1
     * @param plus otherwise, above 1
     */
    public record Etas(double minus, double plus) implements Serializable {
        public Etas {
            if (!(minus > 0 && minus < 1 && plus > 1 && plus < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "etas must be one above 0 and below 1, and one above 1: etas=[" + minus + ", " + plus + "]");
            }
        }
    }

    /** Limits of a step size. */
    public record StepSizes(double min, double max) implements Serializable {
        public StepSizes {
            SettingChecks.requireAtLeastZero("stepSizes[0]", min);
            SettingChecks.requireAtLeastZero("stepSizes[1]", max);
        }
    }

    public Rprop {
        SettingChecks.requireAtLeastZero("lr", lr);
    }

    public Rprop() {
        this(1e-2);
    }

    public Rprop(double lr) {
        this(lr, new Etas(0.5, 1.2), new StepSizes(1e-6, 50), false);
    }

    @Override
    public List<String> slots() {
        return List.of("prev", "step_size");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        float[] w = slice.params();
        float[] prev = slice.slot(0);
        float[] size = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float minus = (float) etas.minus();
        float plus = (float) etas.plus();
        float least = (float) stepSizes.min();
        float most = (float) stepSizes.max();
        if (++slice.scalars()[STEP] == 1) {
            Arrays.fill(size, slice.start(), slice.end(), (float) lr);
        }

        // In three passes, because C2 does not vectorise one.
        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            prev[i] = Signs.of(sign * gradient[i] * prev[i]);
        }
        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float same = Math.max(prev[i], 0);
            float opposite = Math.max(-prev[i], 0);
            float factor = same * plus + opposite * minus + (1 - same - opposite);
            size[i] = Math.min(most, Math.max(least, size[i] * factor));
        }
        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            prev[i] = (1 - Math.max(-prev[i], 0)) * sign * gradient[i];
            w[i] -= size[i] * Signs.of(prev[i]);
        }
    }
}
