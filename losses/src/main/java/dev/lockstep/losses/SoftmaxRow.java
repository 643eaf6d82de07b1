package dev.lockstep.losses;

/**
 * The scores of all classes at one position, and their softmax.
 *
 * <pre>
 *   l = x − max x − log Σ exp(x − max x)
 *   p = exp(x − max x) / Σ exp(x − max x)
 * </pre>
 */
final class SoftmaxRow {
    private final Exponentials exponential;
    /** The scores x at first, l after {@link #normalise}. */
    final double[] logs;

    final double[] probabilities;

    SoftmaxRow(int classes) {
        this.exponential = new Exponentials(classes);
        this.logs = new double[classes];
        this.probabilities = exponential.exps;
    }

    /** A NaN among the scores, or only infinite ones, makes everything NaN. */
    void normalise() {
        double max = Double.NEGATIVE_INFINITY;
        for (double x : logs) {
            max = x > max ? x : max;
        }
        for (int c = 0; c < logs.length; c++) {
            logs[c] -= max;
        }

        exponential.compute(logs, logs.length);
        double sum = Sum.of(probabilities, probabilities.length);
        double logSum = Math.log(sum);
        double scale = 1 / sum;
        for (int c = 0; c < logs.length; c++) {
            logs[c] -= logSum;
            probabilities[c] *= scale;
        }
    }
}
