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
 * the number of scores, then each score with its class and weight, then room. It takes 24 bytes an example, and up to
 * half as much again for the room. The score is the single value of a position, whatever its unit, or of two values the
 * second less the first. NaN without examples of both classes or where a score is NaN.
 */
public record Auc() implements Figure {
    /** A score, its class and its weight. */
    static final int FIELDS = 3;

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
                int at = 1 + FIELDS * count;
                grown[at] = scores.columns() == 1 ? first : scores.at(position, 1) - first;
                grown[at + 1] = actual[position];
                grown[at + 2] = outcome.weight(position, actual.length);
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
        System.arraycopy(other, 1, merged, 1 + FIELDS * count, FIELDS * added);
        merged[0] = count + added;
        return merged;
    }

    private static double[] withRoom(double[] state, int more) {
        int wanted = Math.addExact(1, Math.multiplyExact(FIELDS, Math.addExact((int) state[0], more)));
        return wanted <= state.length ? state : Arrays.copyOf(state, Math.max(wanted, state.length / 2 * 3));
    }

    @Override
    public double value(double[] state) {
        WeightedScores yes = WeightedScores.ofClass(1, state);
        WeightedScores no = WeightedScores.ofClass(0, state);
        double halves = 0;
        double below = 0;
        double notAbove = 0;
        int nextBelow = 0;
        int nextNotAbove = 0;
        for (int i = 0; i < yes.count(); i++) {
            double score = yes.scores()[i];
            while (nextBelow < no.count() && no.scores()[nextBelow] < score) {
                below += no.weights()[nextBelow++];
            }
            while (nextNotAbove < no.count() && no.scores()[nextNotAbove] <= score) {
                notAbove += no.weights()[nextNotAbove++];
            }
            halves += yes.weights()[i] * (below + notAbove);
        }

        return yes.hasNaN() || no.hasNaN() ? Double.NaN : halves / 2 / yes.weight() / no.weight();
    }
}
