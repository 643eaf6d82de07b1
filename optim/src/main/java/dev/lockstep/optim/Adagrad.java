package dev.lockstep.optim;

import java.util.Arrays;
import java.util.List;

/**
 * Adagrad, as {@code torch.optim.Adagrad} (Duchi et al. 2011): every value's rate falls with the squares it has seen.
 *
 * <pre>
 *   d ← ±g + λw
 *   s ← s + d²
 *   w ← w − η / (1 + (t − 1) lrDecay) · d / (√s + ε)
 * </pre>
 *
 * @param lrDecay how much the rate falls per step, at least 0
 * @param weightDecay λ, at least 0
 * @param initialAccumulatorValue s before the first step, at least 0
 */
public record Adagrad(
        double lr, double lrDecay, double weightDecay, double initialAccumulatorValue, double eps, boolean maximize)
        implements RowOptimizer {
    private static final int STEP = 0;

    public Adagrad {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("lrDecay", lrDecay);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
        SettingChecks.requireAtLeastZero("initialAccumulatorValue", initialAccumulatorValue);
        SettingChecks.requireAtLeastZero("eps", eps);
    }

    public Adagrad() {
        this(1e-2);
    }

    public Adagrad(double lr) {
        this(lr, 0, 0, 0, 1e-10, false);
    }

    @Override
    public List<String> slots() {
        return List.of("sum");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public void start(Slice slice) {
        Arrays.fill(slice.slot(0), slice.start(), slice.end(), (float) initialAccumulatorValue);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        descend(slice, gradient, rate(slice, lr));
    }

    @Override
    public void updateRows(Slice slice, float[] gradient, Rows rows, double lr) {
        float rate = rate(slice, lr);
        for (int row = 0; row < rows.count(); row++) {
            descend(rows.of(slice, row), gradient, rate);
        }
    }

    @Override
    public void requireRows() {
        if (weightDecay != 0) {
            throw new IllegalArgumentException(
                    "Adagrad takes sparse gradients without weight decay, which moves every row: weightDecay="
                            + weightDecay);
        }
    }

    private float rate(Slice slice, double lr) {
        double step = ++slice.scalars()[STEP];
        return (float) (lr / (1 + (step - 1) * lrDecay));
    }

    private void descend(Slice slice, float[] gradient, float rate) {
        float[] w = slice.params();
        float[] s = slice.slot(0);
        float sign = maximize ? -1 : 1;
        float decay = (float) weightDecay;
        float epsilon = (float) eps;

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            s[i] += d * d;
            w[i] -= rate * d / ((float) Math.sqrt(s[i]) + epsilon);
        }
    }
}
