package dev.lockstep.optim;

import java.util.List;

/**
 * Adamax, as {@code torch.optim.Adamax}: algorithm 2 of Kingma and Ba (2014), Adam with the largest gradient in place
 * of the root of squares; epsilon is added to each size.
 *
 * <pre>
 *   d ← ±g + λw
 *   m ← β₁m + (1 − β₁)d
 *   u ← max(β₂u, |d| + ε)
 *   w ← w − η / (1 − β₁ᵗ) · m / u
 * </pre>
 *
 * @param weightDecay λ, at least 0
 */
public record Adamax(double lr, Betas betas, double eps, double weightDecay, boolean maximize) implements Optimizer {
    private static final int STEP = 0;

    public Adamax {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Adamax() {
        this(2e-3);
    }

    public Adamax(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, 0, false);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg", "exp_inf");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public Adamax withMomentum(double momentum) {
        return new Adamax(lr, betas.withFirst(momentum), eps, weightDecay, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] u = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float decay = (float) weightDecay;
        float beta1 = (float) betas.first();
        float oneLess1 = (float) (1 - betas.first());
        float beta2 = (float) betas.second();
        float epsilon = (float) eps;
        float rate = (float) (lr / (1 - Math.pow(betas.first(), step)));

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            u[i] = Math.max(beta2 * u[i], Math.abs(d) + epsilon);
            w[i] -= rate * m[i] / u[i];
        }
    }
}
