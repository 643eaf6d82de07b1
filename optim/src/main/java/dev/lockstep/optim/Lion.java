package dev.lockstep.optim;

import java.util.List;

/**
 * Evolved sign momentum, program 1 of Chen et al. (2023): every value moves by the same amount.
 *
 * <pre>
 *   c = β₁m + (1 − β₁)(±g)
 *   w ← w − η (sign(c) + λw)
 *   m ← β₂m + (1 − β₂)(±g)
 * </pre>
 *
 * @param lr η; 3 to 10 times smaller than Adam's
 * @param weightDecay λ, at least 0; 3 to 10 times larger than AdamW's
 */
public record Lion(double lr, Betas betas, double weightDecay, boolean maximize) implements Optimizer {
    private static final int STEP = 0;

    public Lion {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Lion() {
        this(1e-4);
    }

    public Lion(double lr) {
        this(lr, new Betas(0.9, 0.99), 0, false);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public Lion withMomentum(double momentum) {
        return new Lion(lr, betas.withFirst(momentum), weightDecay, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        slice.scalars()[STEP]++;
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float sign = maximize ? -1 : 1;
        float beta1 = (float) betas.first();
        float oneLess1 = (float) (1 - betas.first());
        float beta2 = (float) betas.second();
        float oneLess2 = (float) (1 - betas.second());
        float kept = (float) (1 - lr * weightDecay);
        float rate = (float) lr;

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i];
            float c = beta1 * m[i] + oneLess1 * d;
            w[i] = kept * w[i] - rate * Signs.of(c);
            m[i] = beta2 * m[i] + oneLess2 * d;
        }
    }
}
