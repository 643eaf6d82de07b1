package dev.lockstep.driver.job;

import java.io.Serializable;

/**
 * Ends a run when a validation figure has not got better for a while.
 *
 * @param metric {@code loss} or one of the job's metrics
 * @param patience how many epochs without an improvement are allowed
 * @param minDelta what counts as an improvement must be more than this
 */
public record EarlyStopping(String metric, int patience, double minDelta) implements Serializable {
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1: patience=" + patience);
        }
        if (!(minDelta >= 0)) {
            throw new IllegalArgumentException("minDelta must not be negative: minDelta=" + minDelta);
        }
    }

    public EarlyStopping(int patience) {
        this("loss", patience, 0);
    }
}
