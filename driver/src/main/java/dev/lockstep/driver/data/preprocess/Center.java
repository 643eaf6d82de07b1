package dev.lockstep.driver.data.preprocess;

/**
 * Takes the mean of each feature away.
 *
 * <pre>
 *   yᵢ = xᵢ − meanᵢ
 * </pre>
 */
public record Center() implements Preprocessor {
    @Override
    public Preprocess fit(FeatureRows rows) {
        double[] mean = rows.moments().mean();
        return Scaling.of(mean, new double[mean.length]);
    }
}
