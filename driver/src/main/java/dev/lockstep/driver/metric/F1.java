package dev.lockstep.driver.metric;

/**
 * Harmonic mean of precision and recall: sklearn's {@code f1_score}, 0 where both are.
 *
 * <pre>
 *   F1 = 2 · hits / (said + right)     hits: said and right
 * </pre>
 *
 * @param average null for class 1 alone where one of two classes is right, else the mean over the classes
 * @param threshold above which a single value means yes; null for what suits the loss, as for {@link Accuracy}
 */
public record F1(Average average, Double threshold) implements ClassRatio {
    public F1() {
        this(null, null);
    }

    @Override
    public double of(double hits, double said, double right) {
        return ClassCounts.ratio(2 * hits, said + right);
    }
}
