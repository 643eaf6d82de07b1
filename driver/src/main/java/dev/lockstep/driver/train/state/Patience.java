package dev.lockstep.driver.train.state;

import dev.lockstep.driver.job.EarlyStopping;

/**
 * How early stopping stands: the best epoch so far, its parameters, and how many epochs in turn were no better.
 *
 * @param best the smallest cost: a figure that should be small, or the negative of one that should be large; NaN before
 *     the first epoch
 * @param values the flat vector after that epoch; null before the first
 * @param buffers after that epoch
 */
public record Patience(double best, int waited, float[] values, float[] buffers) {
    public static final Patience FRESH = new Patience(Double.NaN, 0, null, null);

    /** After one more epoch, whose cost is the better the smaller. NaN is never better. */
    public Patience after(EarlyStopping rule, double cost, float[] nowValues, float[] nowBuffers) {
        boolean better = Double.isNaN(best) ? !Double.isNaN(cost) : best - cost > rule.minDelta();
        return better ? new Patience(cost, 0, nowValues, nowBuffers) : new Patience(best, waited + 1, values, buffers);
    }

    public boolean over(EarlyStopping rule) {
        return waited >= rule.patience();
    }
}
