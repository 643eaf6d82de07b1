package dev.lockstep.optim;

/**
 * The loops that Adam and AdamW share, with everything that is the same for all values of a step.
 *
 * <pre>
 *   d ← ±g + λw
 *   m ← β₁m + (1 − β₁)d
 *   v ← β₂v + (1 − β₂)d²
 *   w ← κw − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 */
final class AdamStep {
    private final float sign;
    private final float decay;
    private final float kept;
    private final float beta1;
    private final float oneLess1;
    private final float beta2;
    private final float oneLess2;
    private final float rate;
    private final float rootScale;
    private final float eps;

    /**
     * @param step t, 1 is the first
     * @param kept κ, the share of w that a decoupled weight decay leaves
     */
    AdamStep(Adam settings, double lr, double step, double kept) {
        double first = settings.betas().first();
        double second = settings.betas().second();
        this.sign = settings.maximize() ? -1 : 1;
        this.decay = (float) settings.weightDecay();
        this.kept = (float) kept;
        this.beta1 = (float) first;
        this.oneLess1 = (float) (1 - first);
        this.beta2 = (float) second;
        this.oneLess2 = (float) (1 - second);
        this.rate = (float) (lr / (1 - Math.pow(first, step)));
        this.rootScale = (float) (1 / Math.sqrt(1 - Math.pow(second, step)));
        this.eps = (float) settings.eps();
    }

    void update(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            v[i] = beta2 * v[i] + oneLess2 * d * d;
            w[i] = kept * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * rootScale + eps);
        }
    }

    /** The same, but divided by the root of the largest v so far. */
    void updateByLargest(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);
        float[] largest = slice.slot(2);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            v[i] = beta2 * v[i] + oneLess2 * d * d;
            largest[i] = Math.max(largest[i], v[i]);
            w[i] = kept * w[i] - rate * m[i] / ((float) Math.sqrt(largest[i]) * rootScale + eps);
        }
    }
}
