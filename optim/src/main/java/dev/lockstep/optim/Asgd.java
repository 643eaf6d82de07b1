package dev.lockstep.optim;

import java.util.List;
import java.util.OptionalInt;

/**
 * Averaged stochastic gradient descent, as {@code torch.optim.ASGD} (Polyak and Juditsky 1992). The averages are what
 * should be evaluated: {@link #averageSlot}.
 *
 * <pre>
 *   d ← ±g + weightDecay · w
 *   w ← (1 − λη)w − ηd                 with η of the step before; lr at the first
 *   a ← w while μ = 1, else a ← a + μ(w − a)      with μ of the step before; 1 at the first
 *   η ← lr / (1 + λ lr t)^α
 *   μ ← 1 / max(1, t − t₀)
 * </pre>
 *
 * @param lambd λ, at least 0
 * @param alpha power by which the rate falls
 * @param t0 step at which averaging begins
 */
public record Asgd(double lr, double lambd, double alpha, double t0, double weightDecay, boolean maximize)
        implements Optimizer {
    private static final int STEP = 0;
    private static final int ETA = 1;
    private static final int MU = 2;

    public Asgd {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeastZero("lambd", lambd);
        SettingChecks.requireFinite("alpha", alpha);
        SettingChecks.requireFinite("t0", t0);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
    }

    public Asgd() {
        this(1e-2);
    }

    public Asgd(double lr) {
        this(lr, 1e-4, 0.75, 1e6, 0, false);
    }

    @Override
    public List<String> slots() {
        return List.of("ax");
    }

    @Override
    public List<String> scalars() {
        return List.of("step", "eta", "mu");
    }

    /** Before the first step the average of what was seen is what was given. */
    @Override
    public void start(Slice slice) {
        System.arraycopy(slice.params(), slice.start(), slice.slot(0), slice.start(), slice.count());
    }

    @Override
    public OptionalInt averageSlot() {
        return OptionalInt.of(0);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        double[] scalars = slice.scalars();
        double step = ++scalars[STEP];
        double eta = step == 1 ? lr : scalars[ETA];
        descend(slice, gradient, (float) eta, (float) (1 - lambd * eta));
        average(slice, step == 1 ? 1 : (float) scalars[MU]);
        scalars[ETA] = lr / Math.pow(1 + lambd * lr * step, alpha);
        scalars[MU] = 1 / Math.max(1, step - t0);
    }

    private void descend(Slice slice, float[] gradient, float rate, float kept) {
        float[] w = slice.params();
        float sign = maximize ? -1 : 1;
        float decay = (float) weightDecay;

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            w[i] = kept * w[i] - rate * d;
        }
    }

    private static void average(Slice slice, float share) {
        float[] w = slice.params();
        float[] a = slice.slot(0);
        if (share == 1) {
            System.arraycopy(w, slice.start(), a, slice.start(), slice.count());
            return;
        }

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            a[i] += share * (w[i] - a[i]);
        }
    }
}
