package dev.lockstep.driver.data.preprocess;

/**
 * Gives each feature mean 0 and standard deviation 1; one that never changes becomes 0. Spark's {@code StandardScaler}
 * is this with {@code ddof} 1.
 *
 * <pre>
 *   yᵢ = (xᵢ − meanᵢ) / stdᵢ
 * </pre>
 *
 * @param ddof the variance divides by rows − ddof, 0 or 1
 */
public record Standardize(int ddof) implements Preprocessor {
    public Standardize {
        Ddof.require(ddof);
    }

    /** The variance divides by the number of rows. */
    public Standardize() {
        this(0);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        ColumnMoments moments = rows.moments();
        return Scaling.of(moments.mean(), moments.standardDeviation(ddof));
    }
}
