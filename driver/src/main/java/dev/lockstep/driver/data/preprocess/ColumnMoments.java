package dev.lockstep.driver.data.preprocess;

/**
 * What is known of each feature alone.
 *
 * @param rows that were counted
 * @param variance divided by the number of rows, as numpy does it
 */
public record ColumnMoments(long rows, double[] mean, double[] variance, double[] min, double[] max) {
    /** @param ddof the standard deviation divides by rows − ddof: 0 as numpy, 1 for the unbiased one */
    double[] standardDeviation(int ddof) {
        Ddof.require(ddof, rows);
        double[] deviation = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            deviation[i] = Math.sqrt(variance[i] * ((double) rows / (rows - ddof)));
        }
        return deviation;
    }
}
