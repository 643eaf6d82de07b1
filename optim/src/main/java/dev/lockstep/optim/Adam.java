package dev.lockstep.optim;

import java.util.List;

/**
 * Adam, as {@code torch.optim.Adam}: algorithm 1 of Kingma and Ba (2014), epsilon added to the corrected root, weight
 * decay added to the gradient.
 *
 * <pre>
 *   d ← ±g + λw
 *   m ← β₁m + (1 − β₁)d
 *   v ← β₂v + (1 − β₂)d²               with amsgrad (Reddi et al. 2018) v̂ ← max(v̂, v), else v̂ = v
 *   w ← w − η · m / (1 − β₁ᵗ) / (√(v̂ / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * @param lr η, at least 0
 * @param eps ε, keeps the divisor away from zero
 * @param weightDecay λ, at least 0; for the decoupled kind see {@link AdamW}
 * @param maximize climbs instead: the gradient is negated before weight decay is added
 */
public record Adam(double lr, Betas betas, double eps, double weightDecay, boolean amsgrad, boolean maximize)
        implements Optimizer {
    static final int STEP = 0;

    public Adam {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Adam() {
        this(1e-3);
    }

    public Adam(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, 0, false, false);
    }

    @Override
    public List<String> slots() {
        return amsgrad ? List.of("exp_avg", "exp_avg_sq", "max_exp_avg_sq") : List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public Adam withMomentum(double momentum) {
        return new Adam(lr, betas.withFirst(momentum), eps, weightDecay, amsgrad, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        apply(slice, gradient, new AdamStep(this, lr, step, 1));
    }

    void apply(Slice slice, float[] gradient, AdamStep step) {
        if (amsgrad) {
            step.updateByLargest(slice, gradient);
        } else {
            step.update(slice, gradient);
        }
    }
}
