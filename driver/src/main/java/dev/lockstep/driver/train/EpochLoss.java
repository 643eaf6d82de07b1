package dev.lockstep.driver.train;

/**
 * The losses of an epoch's steps so far, each at the parameters that it found.
 *
 * @param sum of the steps' losses
 */
record EpochLoss(double sum, long steps) {
    static final EpochLoss NONE = new EpochLoss(0, 0);

    EpochLoss plus(double loss) {
        return new EpochLoss(sum + loss, steps + 1);
    }

    double mean() {
        return sum / steps;
    }
}
