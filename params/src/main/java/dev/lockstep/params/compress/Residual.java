package dev.lockstep.params.compress;

import java.io.Serializable;

/**
 * What one worker has of gradients that were not sent, from one segment to the next.
 *
 * <p>A plain final class because it may pass through Spark. The array belongs to whoever holds this.
 */
public final class Residual implements Serializable {
    private final double unit;
    private final float[] values;

    /**
     * @param unit what the values are a multiple of; 0 if nothing was ever left out
     * @param values as long as the trained vector, zeros where this worker has nothing
     */
    public Residual(double unit, float[] values) {
        this.unit = unit;
        this.values = values;
    }

    public double unit() {
        return unit;
    }

    public float[] values() {
        return values;
    }

    /** Both, in multiples of this one's unit, or of the other's where this has none. */
    public Residual plus(Residual other) {
        if (!(unit > 0)) {
            return other;
        }
        if (!(other.unit > 0)) {
            return this;
        }

        float ratio = (float) (unit / other.unit);
        float[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i] * ratio;
        }

        return new Residual(unit, sum);
    }
}
