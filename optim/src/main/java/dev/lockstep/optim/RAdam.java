package dev.lockstep.optim;

import java.util.List;

/**
 * Rectified Adam, as {@code torch.optim.RAdam} (Liu et al. 2020): momentum alone until enough squares have been seen.
 *
 * <pre>
 *   d ← ±g + λw                      decoupled: w ← w − ηλw and d = ±g
 *   m ← β₁m + (1 − β₁)d
 *   v ← β₂v + (1 − β₂)d²
 *   ρ∞ = 2 / (1 − β₂) − 1,  ρ = ρ∞ − 2tβ₂ᵗ / (1 − β₂ᵗ)
 *   r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ))
 *   w ← w − η / (1 − β₁ᵗ) · m · r √(1 − β₂ᵗ) / (√v + ε)      if ρ &gt; 5
 *   w ← w − η / (1 − β₁ᵗ) · m                                otherwise
 * </pre>
 *
 * @param weightDecay λ, at least 0
 */
public record RAdam(
        double lr, Betas betas, double eps, double weightDecay, boolean decoupledWeightDecay, boolean maximize)
        implements Optimizer {
    private static final int STEP = 0;

    public RAdam {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public RAdam() {
        this(1e-3);
    }

    public RAdam(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, 0, false, false);
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
    public RAdam withMomentum(double momentum) {
        return new RAdam(lr, betas.withFirst(momentum), eps, weightDecay, decoupledWeightDecay, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        double rate = lr / (1 - Math.pow(betas.first(), step));
        double rectified = rectification(step);
        float kept = decoupledWeightDecay ? (float) (1 - lr * weightDecay) : 1;
        moments(slice, gradient);

        float[] w = slice.params();
        float[] m = slice.slot(0);
        if (rectified > 0) {
            float[] v = slice.slot(1);
            float scaled = (float) (rate * rectified);
            float epsilon = (float) eps;
            for (int i = slice.start(), end = slice.end(); i < end; i++) {
                w[i] = kept * w[i] - scaled * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
            }
        } else {
            float plain = (float) rate;
            for (int i = slice.start(), end = slice.end(); i < end; i++) {
                w[i] = kept * w[i] - plain * m[i];
            }
        }
    }

    /** r √(1 − β₂ᵗ), or 0 while the squares cannot be trusted. */
    private double rectification(double step) {
        double power = Math.pow(betas.second(), step);
        double longest = 2 / (1 - betas.second()) - 1;
        double length = longest - 2 * step * power / (1 - power);
        if (length <= 5) {
            return 0;
        }

        double r = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
        return Math.sqrt(r * (1 - power));
    }

    private void moments(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float decay = decoupledWeightDecay ? 0 : (float) weightDecay;
        float beta1 = (float) betas.first();
        float oneLess1 = (float) (1 - betas.first());
        float beta2 = (float) betas.second();
        float oneLess2 = (float) (1 - betas.second());

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            v[i] = beta2 * v[i] + oneLess2 * d * d;
        }
    }
}
