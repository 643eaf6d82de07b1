package dev.lockstep.optim;

import java.util.List;

/**
 * Adam with Nesterov momentum, as {@code torch.optim.NAdam} since PyTorch 2.0 (Dozat 2016).
 *
 * <pre>
 *   μₜ = β₁ (1 − ½ · 0.96^(tψ)),  Π ← Π μₜ
 *   d ← ±g + λw                      decoupled: w ← w − ηλw and d = ±g
 *   m ← β₁m + (1 − β₁)d
 *   v ← β₂v + (1 − β₂)d²
 *   w ← w − η ((1 − μₜ) / (1 − Π) · d + μₜ₊₁ / (1 − Π μₜ₊₁) · m) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * @param weightDecay λ, at least 0
 * @param momentumDecay ψ, at least 0
 */
public record NAdam(
        double lr,
        Betas betas,
        double eps,
        double weightDecay,
        double momentumDecay,
        boolean decoupledWeightDecay,
        boolean maximize)
        implements Optimizer {
    private static final int STEP = 0;
    private static final int MU_PRODUCT = 1;

    public NAdam {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
        SettingChecks.requireAtLeastZero("momentumDecay", momentumDecay);
    }

    public NAdam() {
        this(2e-3);
    }

    public NAdam(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, 0, 4e-3, false, false);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    public List<String> scalars() {
        return List.of("step", "mu_product");
    }

    @Override
    public void start(Slice slice) {
        slice.scalars()[MU_PRODUCT] = 1;
    }

    @Override
    public NAdam withMomentum(double momentum) {
        return new NAdam(
                lr, betas.withFirst(momentum), eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        double mu = mu(step);
        double next = mu(step + 1);
        double product = slice.scalars()[MU_PRODUCT] * mu;
        slice.scalars()[MU_PRODUCT] = product;

        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float decay = decoupledWeightDecay ? 0 : (float) weightDecay;
        float kept = decoupledWeightDecay ? (float) (1 - lr * weightDecay) : 1;
        float beta1 = (float) betas.first();
        float oneLess1 = (float) (1 - betas.first());
        float beta2 = (float) betas.second();
        float oneLess2 = (float) (1 - betas.second());
        float rootScale = (float) (1 / Math.sqrt(1 - Math.pow(betas.second(), step)));
        float epsilon = (float) eps;
        float ofGradient = (float) (lr * (1 - mu) / (1 - product));
        float ofMean = (float) (lr * next / (1 - product * next));

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            v[i] = beta2 * v[i] + oneLess2 * d * d;
            w[i] = kept * w[i] - (ofGradient * d + ofMean * m[i]) / ((float) Math.sqrt(v[i]) * rootScale + epsilon);
        }
    }

    private double mu(double step) {
        return betas.first() * (1 - 0.5 * Math.pow(0.96, step * momentumDecay));
    }
}
