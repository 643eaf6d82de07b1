package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import java.util.Arrays;

/**
 * Area under the receiver operating characteristic, for two classes: sklearn's {@code roc_auc_score}.
 *
 * <pre>
 *   AUC = (Σ over pairs of a yes and a no   1[s_yes > s_no] + ½ 1[s_yes = s_no]) / (yes · no)
 * </pre>
 *
 * The share of pairs that stand in the right order, after Hanley and McNeil (1982), exact over all workers: a state is
 * the number of scores, then each score with its class, then room. It takes 16 bytes an example, and up to half as much
 * again for the room. The score is the single value of a position, whatever its unit, or of two values the second less
 * the first. NaN without examples of both classes or where a score is NaN.
 */
public record Auc() implements Figure {
    @Override
    public void requireFits(Loss loss, int columns) {
        Fit fit = Fit.of(this, loss, columns).requireClasses();
        fit.require(fit.classes() == 2, "needs two classes, as one score or one for each");
    }

    @Override
    public double[] start() {
        return new double[1];
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        Scores scores = Scores.of(outcome.predictions());
        int[] actual = OneOfMany.of(outcome, scores, Double.NaN).actual();
        double[] grown = withRoom(state, scores.positions());
        int count = (int) grown[0];
        for (int position = 0; position < actual.length; position++) {
            if (actual[position] != Scores.NONE) {
                double first = scores.at(position, 0);
                grown[1 + 2 * count] = scores.columns() == 1 ? first : scores.at(position, 1) - first;
                grown[2 + 2 * count] = actual[position];
                count++;
            }
        }

        grown[0] = count;
        return grown;
    }

    @Override
    public double[] merge(double[] state, double[] other) {
        int count = (int) state[0];
        int added = (int) other[0];
        double[] merged = withRoom(state, added);
        System.arraycopy(other, 1, merged, 1 + 2 * count, 2 * added);
        merged[0] = count + added;
        return merged;
    }

    private static double[] withRoom(double[] state, int more) {
        int wanted = Math.addExact(1, Math.multiplyExact(2, Math.addExact((int) state[0], more)));
        return wanted <= state.length ? state : Arrays.copyOf(state, Math.max(wanted, state.length / 2 * 3));
    }

    @Override
    public double value(double[] state) {
        double[] yes = ofClass(1, state);
        double[] no = ofClass(0, state);
        double halves = 0;
        int below = 0;
        int notAbove = 0;
        for (double score : yes) {
            while (below < no.length && no[below] < score) {
                below++;
            }
            while (notAbove < no.length && no[notAbove] <= score) {
                notAbove++;
            }
            halves += (double) below + notAbove;
        }

        // Sorting puts NaN last.
        boolean unknown = isNaNAtEnd(yes) || isNaNAtEnd(no);
        return unknown ? Double.NaN : halves / 2 / yes.length / no.length;
    }

    private static double[] ofClass(int wanted, double[] state) {
        int count = (int) state[0];
        double[] scores = new double[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (state[2 + 2 * i] == wanted) {
                scores[found++] = state[1 + 2 * i];
            }
        }

        double[] sorted = Arrays.copyOf(scores, found);
        Arrays.sort(sorted);
        return sorted;
    }

    private static boolean isNaNAtEnd(double[] sorted) {
        return sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1]);
    }
}
