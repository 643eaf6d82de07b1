package dev.lockstep.optim;

/**
 * The loops of {@link Lamb}, with everything that is the same for all values of a step. Both compute the same
 * direction.
 */
final class LambStep {
    /**
     * Values that are copied aside before they are summed, because C2 does not vectorise a sum in double over floats.
     */
    private static final int BLOCK = 1024;

    private final float sign;
    private final float decay;
    private final float beta1;
    private final float oneLess1;
    private final float beta2;
    private final float oneLess2;
    private final float meanScale;
    private final float rootScale;
    private final float eps;

    LambStep(Lamb settings, double step) {
        double first = settings.betas().first();
        double second = settings.betas().second();
        this.sign = settings.maximize() ? -1 : 1;
        this.decay = (float) settings.weightDecay();
        this.beta1 = (float) first;
        this.oneLess1 = (float) (1 - first);
        this.beta2 = (float) second;
        this.oneLess2 = (float) (1 - second);
        this.meanScale = (float) (1 / (1 - Math.pow(first, step)));
        this.rootScale = (float) (1 / Math.sqrt(1 - Math.pow(second, step)));
        this.eps = (float) settings.eps();
    }

    /** Looks at what {@link #update} is going to do and changes nothing. */
    double squaredDirection(Slice slice, float[] gradient) {
        float[][] block = new float[4][Math.min(BLOCK, slice.count())];
        double sum = 0;
        for (int start = slice.start(); start < slice.end(); start += BLOCK) {
            int count = Math.min(BLOCK, slice.end() - start);
            System.arraycopy(slice.params(), start, block[0], 0, count);
            System.arraycopy(slice.slot(0), start, block[1], 0, count);
            System.arraycopy(slice.slot(1), start, block[2], 0, count);
            System.arraycopy(gradient, start, block[3], 0, count);
            direct(block[0], block[1], block[2], block[3]);
            sum += Sums.ofSquares(block[3], 0, count);
        }

        return sum;
    }

    /** Overwrites a gradient by the direction that it leads to. */
    private void direct(float[] w, float[] m, float[] v, float[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            float d = sign * gradient[i];
            float mean = beta1 * m[i] + oneLess1 * d;
            float square = beta2 * v[i] + oneLess2 * d * d;
            gradient[i] = mean * meanScale / ((float) Math.sqrt(square) * rootScale + eps) + decay * w[i];
        }
    }

    void update(Slice slice, float[] gradient, float rate) {
        float[] w = slice.params();
        float[] m = slice.slot(0);
        float[] v = slice.slot(1);

        for (int i = slice.start(), end = slice.end(); i < end; i++) {
            float d = sign * gradient[i];
            m[i] = beta1 * m[i] + oneLess1 * d;
            v[i] = beta2 * v[i] + oneLess2 * d * d;
            float r = m[i] * meanScale / ((float) Math.sqrt(v[i]) * rootScale + eps) + decay * w[i];
            w[i] -= rate * r;
        }
    }
}
