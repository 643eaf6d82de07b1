package dev.lockstep.optim;

import java.util.List;

/**
 * Adam for gradients of which a step touches some rows, as {@code torch.optim.SparseAdam}: the other rows keep
 * parameters and moments, and the bias correction counts all steps. Epsilon is added to the uncorrected root.
 *
 * <pre>
 *   m ← m + (1 − β₁)(±g − m)
 *   v ← v + (1 − β₂)(g² − v)
 *   w ← w − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 * </pre>
 *
 * <p>A gradient without rows touches all of them.
 */
public record SparseAdam(double lr, Betas betas, double eps, boolean maximize) implements RowOptimizer {
    private static final int STEP = 0;

    public SparseAdam {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
    }

    public SparseAdam() {
        this(1e-3);
    }

    public SparseAdam(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, false);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public SparseAdam withMomentum(double momentum) {
        return new SparseAdam(lr, betas.withFirst(momentum), eps, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        descend(slice, gradient, slice.start(), slice.end(), rate(lr, step));
    }

    @Override
    public void updateRows(Slice slice, float[] gradient, Rows rows, double lr) {
        double step = ++slice.scalars()[STEP];
        float rate = rate(lr, step);
        for (int row = 0; row < rows.count(); row++) {
            int start = slice.start() + rows.index(row) * rows.width();
            descend(slice, gradient, start, start + rows.width(), rate);
        }
    }

    @Override
    public boolean takesDense() {
        return false;
    }

    private float rate(double lr, double step) {
        return (float) (lr * Math.sqrt(1 - Math.pow(betas.second(), step)) / (1 - Math.pow(betas.first(), step)));
    }

    private void descend(Slice slice, float[] gradient, int start, int end, float rate) {
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float oneLess1 = (float) (1 - betas.first());
        float oneLess2 = (float) (1 - betas.second());
        float epsilon = (float) eps;

        for (int i = start; i < end; i++) {
            float d = sign * gradient[i];
            m[i] += oneLess1 * (d - m[i]);
            v[i] += oneLess2 * (d * d - v[i]);
            w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
        }
    }
}
