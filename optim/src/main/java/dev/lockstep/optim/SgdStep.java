package dev.lockstep.optim;

/**
 * The loops that SGD and LARS share, with everything that is the same for all values of a step.
 *
 * <pre>
 *   d ← τ(±g + λw)
 *   b ← μb + (1 − dampening)d
 *   w ← w − η (d or b or d + μb)
 * </pre>
 */
final class SgdStep {
    private final float scale;
    private final float decay;
    private final float rate;
    private final float kept;
    private final float added;
    private final float ofGradient;
    private final float ofBuffer;

    /**
     * @param first whether the buffer is still empty and takes the gradient as it is
     * @param trust τ, what LARS multiplies the step by; 1 for SGD
     */
    SgdStep(Sgd settings, double lr, boolean first, double trust) {
        this.scale = (float) (settings.maximize() ? -trust : trust);
        this.decay = (float) (settings.weightDecay() * trust);
        this.rate = (float) lr;
        this.kept = first ? 0 : (float) settings.momentum();
        this.added = first ? 1 : (float) (1 - settings.dampening());
        this.ofGradient = settings.nesterov() ? 1 : 0;
        this.ofBuffer = settings.nesterov() ? (float) settings.momentum() : 1;
    }

    void withoutMomentum(Slice slice, float[] gradient) {
        float[] w = slice.params();

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            w[i] -= rate * (scale * gradient[i] + decay * w[i]);
        }
    }

    void withMomentum(Slice slice, float[] gradient) {
        float[] w = slice.params();
        float[] b = slice.slot(0);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = scale * gradient[i] + decay * w[i];
            b[i] = kept * b[i] + added * d;
            w[i] -= rate * (ofGradient * d + ofBuffer * b[i]);
        }
    }
}
