package dev.lockstep.optim;

import java.util.List;

/**
 * Layer-wise adaptive moments for large batches, algorithm 2 of You et al. (2020), φ(z) = z, with bias correction.
 *
 * <pre>
 *   m ← β₁m + (1 − β₁)(±g)
 *   v ← β₂v + (1 − β₂)g²
 *   r = m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε) + λw
 *   τ = ‖w‖ / ‖r‖                  norms over the whole tensor; τ = 1 where one of them is 0, or without adapt
 *   w ← w − ητr
 * </pre>
 *
 * <p>Biases and normalisation layers are usually left out: give them a group without {@code adapt}.
 *
 * @param weightDecay λ, at least 0
 * @param adapt whether rates differ by tensor; without it this is Adam with decoupled weight decay
 */
public record Lamb(double lr, Betas betas, double eps, double weightDecay, boolean adapt, boolean maximize)
        implements Optimizer {
    private static final int STEP = 0;
    private static final int OF_PARAMS = 0;
    private static final int OF_DIRECTION = 1;

    public Lamb {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Lamb() {
        this(1e-3);
    }

    public Lamb(double lr) {
        this(lr, new Betas(0.9, 0.999), 1e-6, 1e-2, true, false);
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
    public int sums() {
        return adapt ? 2 : 0;
    }

    @Override
    public Lamb withMomentum(double momentum) {
        return new Lamb(lr, betas.withFirst(momentum), eps, weightDecay, adapt, maximize);
    }

    @Override
    public void measure(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = slice.scalars()[STEP] + 1;
        sums[OF_PARAMS] += Sums.ofSquares(slice.params(), slice.start(), slice.end());
        sums[OF_DIRECTION] += new LambStep(this, step).squaredDirection(slice, gradient);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double step = ++slice.scalars()[STEP];
        double trust = adapt && sums[OF_PARAMS] > 0 && sums[OF_DIRECTION] > 0
                ? Math.sqrt(sums[OF_PARAMS]) / Math.sqrt(sums[OF_DIRECTION])
                : 1;
        new LambStep(this, step).update(slice, gradient, (float) (lr * trust));
    }
}
