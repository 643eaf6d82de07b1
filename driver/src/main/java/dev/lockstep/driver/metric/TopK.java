package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Share of positions whose class is among the k with the largest scores: sklearn's {@code top_k_accuracy_score}. Of
 * equal scores the first counts as the larger, so that k = 1 is the accuracy; sklearn takes the last.
 *
 * @param k at least 1
 */
public record TopK(int k) implements Figure {
    public TopK {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1: k=" + k);
        }
    }

    @Override
    public void requireFits(Loss loss, int columns) {
        Fit fit = Fit.of(this, loss, columns).requireClasses();
        fit.require(columns > 1 && fit.classes() > 0, "needs a score for each of several classes");
    }

    @Override
    public double[] start() {
        return new double[2];
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        Scores scores = Scores.of(outcome.predictions());
        OneOfMany decisions = OneOfMany.of(outcome, scores, Double.NaN);
        for (int position = 0; position < scores.positions(); position++) {
            if (!decisions.ignores(position)) {
                double weight = outcome.weight(position, scores.positions());
                state[0] += isHit(scores, decisions, position) ? weight : 0;
                state[1] += weight;
            }
        }

        return state;
    }

    private boolean isHit(Scores scores, OneOfMany decisions, int position) {
        int actual = decisions.actual()[position];
        double score = scores.at(position, actual);
        int before = 0;
        for (int c = 0; c < scores.columns(); c++) {
            double other = scores.at(position, c);
            before += other > score || (other == score && c < actual) ? 1 : 0;
        }

        return decisions.said()[position] != Scores.NONE && before < k;
    }

    @Override
    public double value(double[] state) {
        return state[0] / state[1];
    }
}
