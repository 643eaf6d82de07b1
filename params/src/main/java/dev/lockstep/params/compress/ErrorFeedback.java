package dev.lockstep.params.compress;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A gradient on its way in fewer words, step by step: what these leave out is kept and added to the next one. As in
 * Karimireddy and others, "Error Feedback Fixes SignSGD and other Gradient Compression Schemes" (2019).
 *
 * <pre>
 *   v = g + e
 *   e ← v − sent(v)        once the step is applied; e stays where it was skipped
 * </pre>
 *
 * <p>Gradients are sums over a share of the batch, and a later step may divide its sum by another number: what is kept
 * grows and shrinks with the share's weight. One thread.
 */
public final class ErrorFeedback {
    private final Compression compression;
    private final DoubleUnaryOperator divisor;
    private final int[] words;
    private float[] kept;
    private double keptWeight;
    private float[] next;
    private double nextWeight;

    /**
     * @param divisor what a sum over a share of some weight is divided by
     * @param count values of a gradient
     */
    public ErrorFeedback(Compression compression, DoubleUnaryOperator divisor, int count) {
        this.compression = compression;
        this.divisor = divisor;
        this.words = new int[compression.longest(count)];
        this.kept = new float[count];
        this.next = new float[count];
    }

    /** Where a step's gradient is to be put before {@link #compress}; live. */
    public float[] gradient() {
        return next;
    }

    /** Live; holds what {@link #compress} made until it makes more. */
    public int[] words() {
        return words;
    }

    /**
     * Makes words of a step's gradient and of what earlier ones left out.
     *
     * @param weight of the share; what is kept waits for a step where it is above 0
     * @return how many words
     */
    public int compress(double weight) {
        this.nextWeight = weight;
        double unit = divisor.applyAsDouble(weight);
        if (weight > 0 && keptWeight > 0) {
            float ratio = (float) (unit / divisor.applyAsDouble(keptWeight));
            for (int i = 0; i < next.length; i++) {
                next[i] += kept[i] * ratio;
            }
        }

        return compression.compress(next, unit, words);
    }

    /** The step that was compressed last has been applied. */
    public void applied() {
        if (nextWeight > 0) {
            float[] sent = kept;
            this.kept = next;
            this.keptWeight = nextWeight;
            this.next = sent;
        }
    }

    /** What is kept of a share of {@link #weight}; copied to {@code into} from {@code start} on. */
    public void copyKept(float[] into, int start) {
        System.arraycopy(kept, 0, into, start, kept.length);
    }

    /** 0 before the first step that was applied. */
    public double weight() {
        return keptWeight;
    }

    /** Goes on with what another kept. */
    public void restore(float[] values, int start, double weight) {
        System.arraycopy(values, start, kept, 0, kept.length);
        this.keptWeight = weight;
        Arrays.fill(next, 0);
    }
}
