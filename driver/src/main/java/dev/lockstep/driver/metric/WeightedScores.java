package dev.lockstep.driver.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The scores of one class, rising, and what each counts; the arrays may be longer. */
record WeightedScores(double[] scores, double[] weights, int count) {
    /** @param state of {@link Auc} */
    static WeightedScores ofClass(int wanted, double[] state) {
        int all = (int) state[0];
        double[] scores = new double[all];
        double[] weights = new double[all];
        int count = 0;
        boolean even = true;
        for (int at = 1; at <= all * Auc.FIELDS; at += Auc.FIELDS) {
            // What does not count may be no number.
            if (state[at + 1] == wanted && state[at + 2] > 0) {
                scores[count] = state[at];
                weights[count] = state[at + 2];
                even &= weights[count] == weights[0];
                count++;
            }
        }

        if (even) {
            Arrays.sort(scores, 0, count);
            return new WeightedScores(scores, weights, count);
        }
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new WeightedScores(pick(scores, order), pick(weights, order), count);
    }

    private static double[] pick(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    }

    double weight() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        return sum;
    }

    /** Sorting puts it last. */
    boolean hasNaN() {
        return count > 0 && Double.isNaN(scores[count - 1]);
    }
}
