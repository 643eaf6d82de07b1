package dev.lockstep.losses;

/**
 * The scores of all classes at one position, and their softmax: one exponential per class.
 *
 * <pre>
 *   l = x − max x − log Σ exp(x − max x)
 *   p = exp(l)
 * </pre>
 */
final class SoftmaxRow {
    /** The scores x at first, l after {@link #normalise}. */
    final double[] logs;

    final double[] probabilities;

    SoftmaxRow(int classes) {
        this.logs = new double[classes];
        this.probabilities = new double[classes];
    }

    /** A NaN among the scores, or only infinite ones, makes everything NaN. */
    void normalise() {
        double max = Double.NEGATIVE_INFINITY;
        for (double x : logs) {
            max = x > max ? x : max;
        }

        double sum = 0;
        for (int c = 0; c < logs.length; c++) {
            logs[c] -= max;
            probabilities[c] = Math.exp(logs[c]);
            sum += probabilities[c];
        }

        double logSum = Math.log(sum);
        double scale = 1 / sum;
        for (int c = 0; c < logs.length; c++) {
            logs[c] -= logSum;
            probabilities[c] *= scale;
        }
    }
}
