package dev.lockstep.driver.model;

import java.util.List;

/** Predictions for one example at a time, in this process and without Spark. Thread-safe. */
public final class SingleRow {
    private final ServedModel served;
    private final Outcome outcome;
    private final NumberRule rule;

    public SingleRow(TrainedModel model) {
        this.served = ServedModel.of(model);
        this.outcome = Outcome.of(model.file(), model.network().outputShape());
        this.rule = NumberRule.of(model);
    }

    /**
     * What the network gives.
     *
     * @param features of one example, before preprocessing
     * @throws IllegalArgumentException for a number that is not finite, unless it is a gap that the model fills
     */
    public double[] raw(double[] features) {
        rule.require(features, /* which */ 0);
        ServedModel.Serving serving = served.borrow();
        try {
            FeatureBatch batch = new FeatureBatch(/* groups */ 1, features.length, serving.preprocess());
            batch.add(features);
            return outcome.raw(serving.committee().predict(batch.examples()).data(), 0);
        } finally {
            served.giveBack();
        }
    }

    /** What numbers of {@link #raw} stand for: of classes, their probabilities. */
    public double[] probability(double[] raw) {
        return outcome.values(outcome.twoSided() ? new double[] {raw[1]} : raw, 0);
    }

    /** The number of the class, or the number that is estimated. */
    public double prediction(double[] raw) {
        return outcome.prediction(probability(raw), List.of());
    }

    /** Classes, or numbers that are estimated. */
    public int outputs() {
        return outcome.columns();
    }
}
