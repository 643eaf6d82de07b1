package dev.lockstep.optim;

import java.util.List;

/**
 * Adadelta, as {@code torch.optim.Adadelta} (Zeiler 2012): steps in the units of the parameters.
 *
 * <pre>
 *   d ← ±g + λw
 *   v ← ρv + (1 − ρ)d²
 *   u = √(a + ε) / √(v + ε) · d
 *   a ← ρa + (1 − ρ)u²
 *   w ← w − ηu
 * </pre>
 *
 * @param rho ρ, share of the old means kept, in [0, 1]
 * @param weightDecay λ, at least 0
 */
public record Adadelta(double lr, double rho, double eps, double weightDecay, boolean maximize) implements Optimizer {
    private static final int STEP = 0;

    public Adadelta {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireShare("rho", rho);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Adadelta() {
        this(1);
    }

    public Adadelta(double lr) {
        this(lr, 0.9, 1e-6, 0, false);
    }

    @Override
    public List<String> slots() {
        return List.of("square_avg", "acc_delta");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        slice.scalars()[STEP]++;
        float[] w = slice.params();
        float[] v = slice.slot(0);
        float[] a = slice.slot(1);
        float sign = maximize ? -1 : 1;
        float decay = (float) weightDecay;
        float kept = (float) rho;
        float oneLess = (float) (1 - rho);
        float epsilon = (float) eps;
        float rate = (float) lr;

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            v[i] = kept * v[i] + oneLess * d * d;
            float u = (float) Math.sqrt(a[i] + epsilon) / (float) Math.sqrt(v[i] + epsilon) * d;
            a[i] = kept * a[i] + oneLess * u * u;
            w[i] -= rate * u;
        }
    }
}
