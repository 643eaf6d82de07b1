package dev.lockstep.optim;

import java.util.List;

/**
 * Stochastic gradient descent with momentum, as {@code torch.optim.SGD}: the rate is outside the momentum buffer, and
 * the first buffer is the gradient itself, without dampening.
 *
 * <pre>
 *   d ← ±g + λw
 *   b ← μb + (1 − dampening)d          b ← d at the first step
 *   w ← w − η b                        w ← w − η (d + μb) with nesterov
 * </pre>
 *
 * @param lr η, at least 0
 * @param momentum μ, at least 0; without it no buffer is kept
 * @param weightDecay λ, at least 0: L2 on these parameters alone
 * @param maximize climbs instead: the gradient is negated before weight decay is added
 */
public record Sgd(double lr, double momentum, double dampening, double weightDecay, boolean nesterov, boolean maximize)
        implements RowOptimizer {
    static final int STEP = 0;

    public Sgd {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("momentum", momentum);
        SettingChecks.requireFinite("dampening", dampening);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException("Nesterov needs a momentum above 0 and no dampening: momentum="
                    + momentum + ", dampening=" + dampening);
        }
    }

    public Sgd(double lr) {
        this(lr, 0, 0, 0, false, false);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum_buffer");
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public Sgd withMomentum(double value) {
        if (momentum == 0) {
            throw new IllegalArgumentException("A schedule can only cycle a momentum above 0: momentum=0.0");
        }

        return new Sgd(lr, value, dampening, weightDecay, nesterov && value > 0, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        boolean first = ++slice.scalars()[STEP] == 1;
        apply(slice, gradient, new SgdStep(this, lr, first, 1));
    }

    @Override
    public void updateRows(Slice slice, float[] gradient, Rows rows, double lr) {
        slice.scalars()[STEP]++;
        SgdStep step = new SgdStep(this, lr, /* first */ false, 1);
        for (int row = 0; row < rows.count(); row++) {
            step.withoutMomentum(rows.of(slice, row), gradient);
        }
    }

    @Override
    public void requireRows() {
        if (momentum != 0 || weightDecay != 0) {
            throw new IllegalArgumentException(
                    "SGD takes sparse gradients without momentum and weight decay, which move every row: momentum="
                            + momentum + ", weightDecay=" + weightDecay);
        }
    }

    void apply(Slice slice, float[] gradient, SgdStep step) {
        if (momentum == 0) {
            step.withoutMomentum(slice, gradient);
        } else {
            step.withMomentum(slice, gradient);
        }
    }
}
