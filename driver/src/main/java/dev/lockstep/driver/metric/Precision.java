package dev.lockstep.driver.metric;

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
public record Precision(Average average, Double threshold) implements ClassRatio {
    public Precision() {
        this(null, null);
    }

    @Override
    public double of(double hits, double said, double right) {
        return ClassCounts.ratio(hits, said);
    }
}
