package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/**
 * Share of what was said to be of a class that is of it: sklearn's {@code precision_score}, 0 where nothing was said.
 *
 * <pre>
 *   precision = hits / said            hits: said and right
 * </pre>
 *
 * @param average null for class 1 alone where one of two classes is right, else the mean over the classes
 * @param threshold above which a single value means yes; null for what suits the loss, as for {@link Accuracy}
 */
public record Precision(Average average, Double threshold) implements Figure {
    public Precision() {
        this(null, null);
    }

    @Override
    public void requireFits(Loss loss, int columns) {
        ClassCounts.requireFits(Fit.of(this, loss, columns), average);
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        return ClassCounts.add(state, Decisions.of(outcome, threshold), average);
    }

    @Override
    public double value(double[] state) {
        return ClassCounts.value(state, average, (hits, said, right) -> ClassCounts.ratio(hits, said));
    }
}
