package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Share of positions at which every class was told right: sklearn's {@code accuracy_score}, where several labels may be
 * right their subset accuracy.
 *
 * @param threshold above which a single value means yes; null for what suits the loss: 0.5 for probabilities and
 *     numbers, 0 for logits
 */
public record Accuracy(Double threshold) implements Figure {
    public Accuracy() {
        this(null);
    }

    @Override
    public void requireFits(Loss loss, int columns) {
        Fit.of(this, loss, columns).requireClasses();
    }

    @Override
    public double[] start() {
        return new double[2];
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        Decisions decisions = Decisions.of(outcome, threshold);
        for (int position = 0; position < decisions.positions(); position++) {
            if (!decisions.ignores(position)) {
                double weight = outcome.weight(position, decisions.positions());
                state[0] += isRight(decisions, position) ? weight : 0;
                state[1] += weight;
            }
        }

        return state;
    }

    private static boolean isRight(Decisions decisions, int position) {
        for (int c = 0; c < decisions.classes(); c++) {
            if (decisions.says(position, c) != decisions.holds(position, c)) {
                return false;
            }
        }

        return true;
    }

    @Override
    public double value(double[] state) {
        return state[0] / state[1];
    }
}
