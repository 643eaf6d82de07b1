package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/** A figure that is a ratio of one class's counts, averaged over the classes. */
interface ClassRatio extends Figure {
    /** Null for class 1 alone where one of two classes is right, else the mean over the classes. */
    Average average();

    /** Above which a single value means yes; null for what suits the loss. */
    Double threshold();

    /**
     * The ratio of one class, or of all classes' counts together.
     *
     * @param hits how often the class was said and right
     */
    double of(double hits, double said, double right);

    @Override
    default void requireFits(Loss loss, int columns) {
        ClassCounts.requireFits(Fit.of(this, loss, columns), average());
    }

    @Override
    default double[] add(double[] state, LabeledPredictions outcome) {
        return ClassCounts.add(state, outcome, threshold(), average());
    }

    @Override
    default double value(double[] state) {
        return ClassCounts.value(state, average(), this);
    }
}
