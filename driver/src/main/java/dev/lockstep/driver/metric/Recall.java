package dev.lockstep.driver.metric;

/**
 * Share of what is of a class that was said to be of it: sklearn's {@code recall_score}, 0 where nothing is of it.
 *
 * <pre>
 *   recall = hits / right              hits: said and right
 * </pre>
 *
 * @param average null for class 1 alone where one of two classes is right, else the mean over the classes
 * @param threshold above which a single value means yes; null for what suits the loss, as for {@link Accuracy}
 */
public record Recall(Average average, Double threshold) implements ClassRatio {
    public Recall() {
        this(null, null);
    }

    @Override
    public double of(double hits, double said, double right) {
        return ClassCounts.ratio(hits, right);
    }
}
