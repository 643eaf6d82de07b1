package dev.lockstep.params.compress;

import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;

/**
 * What one worker has of gradients that were not sent, from one segment to the next. It is a part of a sum over a share
 * of the batch, and worth as much of a later sum as that has weight: {@link #in}.
 *
 * <p>A plain final class because it may pass through Spark. The array belongs to whoever holds this.
 */
public final class Residual implements Serializable {
    private final double weight;
    private final int workers;
    private final float[] values;

    /**
     * @param weight of the share; 0 if nothing was ever left out
     * @param workers whose share it was: those of one host
     * @param values as long as the trained vector, zeros where this worker has nothing
     */
    public Residual(double weight, int workers, float[] values) {
        this.weight = weight;
        this.workers = workers;
        this.values = values;
    }

    /** Of no share. */
    public static Residual none(int count) {
        return new Residual(0, 1, new float[count]);
    }

    public double weight() {
        return weight;
    }

    public int workers() {
        return workers;
    }

    public float[] values() {
        return values;
    }

    public boolean isNone() {
        return !(weight > 0);
    }

    /** What the share would weigh if so many workers had it. */
    public double weightOf(int others) {
        return others == workers ? weight : weight / workers * others;
    }

    /**
     * What to multiply the values with to add them to the sum over a share.
     *
     * @param divisor what a sum over a share of some weight is divided by
     */
    public float in(double otherWeight, int others, DoubleUnaryOperator divisor) {
        return (float) (divisor.applyAsDouble(otherWeight) / divisor.applyAsDouble(weightOf(others)));
    }

    /** Both, as a part of this one's share, or of the other's where this has none. */
    public Residual plus(Residual other, DoubleUnaryOperator divisor) {
        if (isNone()) {
            return other;
        }
        if (other.isNone()) {
            return this;
        }

        float ratio = other.in(weight, workers, divisor);
        float[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i] * ratio;
        }

        return new Residual(weight, workers, sum);
    }
}
