package dev.lockstep.optim;

import java.util.List;

/**
 * Adam with decoupled weight decay, as {@code torch.optim.AdamW} (Loshchilov and Hutter 2019): the decay shrinks the
 * parameters themselves and does not pass through the moments.
 *
 * <pre>
 *   w ← w − ηλw, then as {@link Adam} without weight decay
 * </pre>
 *
 * @param weightDecay λ, at least 0
 */
public record AdamW(double lr, Betas betas, double eps, double weightDecay, boolean amsgrad, boolean maximize)
        implements Optimizer {
    public AdamW {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public AdamW() {
        this(1e-3);
    }

    public AdamW(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-8, 1e-2, false, false);
    }

    @Override
    public List<String> slots() {
        return adam().slots();
    }

    @Override
    public List<String> scalars() {
        return adam().scalars();
    }

    @Override
    public AdamW withMomentum(double momentum) {
        return new AdamW(lr, betas.withFirst(momentum), eps, weightDecay, amsgrad, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[Adam.STEP];
        adam().apply(slice, gradient, new AdamStep(adam(), lr, step, 1 - lr * weightDecay));
    }

    private Adam adam() {
        return new Adam(lr, betas, eps, 0, amsgrad, maximize);
    }
}
