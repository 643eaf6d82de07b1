package dev.lockstep.optim;

/** The loops of {@link RmsProp}, with everything that is the same for all values of a step. */
final class RmsPropStep {
    private final float sign;
    private final float decay;
    private final float alpha;
    private final float oneLess;
    private final float eps;
    private final float momentum;
    private final float rate;

    RmsPropStep(RmsProp settings, double lr) {
        this.sign = settings.maximize() ? -1 : 1;
        this.decay = (float) settings.weightDecay();
        this.alpha = (float) settings.alpha();
        this.oneLess = (float) (1 - settings.alpha());
        this.eps = (float) settings.eps();
        this.momentum = (float) settings.momentum();
        this.rate = (float) lr;
    }

    void plain(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] v = slice.slot(0);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            v[i] = alpha * v[i] + oneLess * d * d;
            w[i] -= rate * d / ((float) Math.sqrt(v[i]) + eps);
        }
    }

    void withMomentum(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] v = slice.slot(0);
        float[] b = slice.slot(1);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            v[i] = alpha * v[i] + oneLess * d * d;
            b[i] = momentum * b[i] + d / ((float) Math.sqrt(v[i]) + eps);
            w[i] -= rate * b[i];
        }
    }

    void centered(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] v = slice.slot(0);
        float[] a = slice.slot(1);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            v[i] = alpha * v[i] + oneLess * d * d;
            a[i] = alpha * a[i] + oneLess * d;
            w[i] -= rate * d / ((float) Math.sqrt(v[i] - a[i] * a[i]) + eps);
        }
    }

    /** In two passes, because C2 does not vectorise one over five arrays. */
    void centeredWithMomentum(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] v = slice.slot(0);
        float[] a = slice.slot(1);
        float[] b = slice.slot(2);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            v[i] = alpha * v[i] + oneLess * d * d;
            a[i] = alpha * a[i] + oneLess * d;
        }
        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i] + decay * w[i];
            b[i] = momentum * b[i] + d / ((float) Math.sqrt(v[i] - a[i] * a[i]) + eps);
            w[i] -= rate * b[i];
        }
    }
}
