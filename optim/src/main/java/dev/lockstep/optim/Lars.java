package dev.lockstep.optim;

import java.util.List;

/**
 * Layer-wise adaptive rate scaling, algorithm 1 of You, Gitman and Ginsburg (2017), with the rate outside the momentum
 * buffer as in {@link Sgd}.
 *
 * <pre>
 *   τ = trust · ‖w‖ / (‖g‖ + λ‖w‖ + ε)       norms over the whole tensor;
 *                                            τ = 1 where one of them is 0, or without adapt
 *   b ← μb + τ(±g + λw)
 *   w ← w − η b                              w ← w − η (d + μb) with nesterov, d = τ(±g + λw)
 * </pre>
 *
 * <p>Biases and normalisation layers are usually left out: give them a group without {@code adapt}.
 *
 * @param momentum μ, at least 0; without it no buffer is kept
 * @param weightDecay λ, at least 0
 * @param trustCoefficient trust, above 0
 * @param adapt whether rates differ by tensor; without it this is {@link Sgd}
 */
public record Lars(
        double lr,
        double momentum,
        double weightDecay,
        boolean nesterov,
        double trustCoefficient,
        double eps,
        boolean adapt,
        boolean maximize)
        implements Optimizer {
    private static final int OF_PARAMS = 0;
    private static final int OF_GRADIENT = 1;

    public Lars {
        SettingChecks.requirePositive("trustCoefficient", trustCoefficient);
        SettingChecks.requireAtLeastZero("eps", eps);
        // The rest is what SGD refuses.
        new Sgd(lr, momentum, 0, weightDecay, nesterov, maximize);
    }

    public Lars(double lr) {
        this(lr, 0.9, 0, false, 1e-3, 1e-8, true, false);
    }

    @Override
    public List<String> slots() {
        return sgd().slots();
    }

    @Override
    public List<String> scalars() {
        return sgd().scalars();
    }

    @Override
    public int sums() {
        return adapt ? 2 : 0;
    }

    @Override
    public Lars withMomentum(double value) {
        Sgd changed = sgd().withMomentum(value);
        return new Lars(lr, value, weightDecay, changed.nesterov(), trustCoefficient, eps, adapt, maximize);
    }

    @Override
    public void measure(Slice slice, float[] gradient, double lr, double[] sums) {
        sums[OF_PARAMS] += Sums.ofSquares(slice.params(), slice.start(), slice.end());
        sums[OF_GRADIENT] += Sums.ofSquares(gradient, slice.start(), slice.end());
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        boolean first = ++slice.scalars()[Sgd.STEP] == 1;
        double trust = adapt ? trust(Math.sqrt(sums[OF_PARAMS]), Math.sqrt(sums[OF_GRADIENT])) : 1;
        sgd().apply(slice, gradient, new SgdStep(sgd(), lr, first, trust));
    }

    private double trust(double ofParams, double ofGradient) {
        return ofParams > 0 && ofGradient > 0
                ? trustCoefficient * ofParams / (ofGradient + weightDecay * ofParams + eps)
                : 1;
    }

    private Sgd sgd() {
        return new Sgd(lr, momentum, 0, weightDecay, nesterov, maximize);
    }
}
