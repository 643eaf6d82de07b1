package dev.lockstep.driver.train;

/**
 * The losses of an epoch's steps so far, each at the parameters that it found.
 *
 * @param sum of the steps' losses
 * @param regularization of the steps, added
 * @param steps that were not skipped
 */
record EpochLoss(double sum, double regularization, long steps) {
    static final EpochLoss NONE = new EpochLoss(0, 0, 0);

    EpochLoss plus(double loss, double reg) {
        return new EpochLoss(sum + loss, regularization + reg, steps + 1);
    }

    double mean() {
        return sum / steps;
    }

    double meanRegularization() {
        return regularization / steps;
    }
}
