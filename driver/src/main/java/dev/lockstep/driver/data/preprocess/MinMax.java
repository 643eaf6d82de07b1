package dev.lockstep.driver.data.preprocess;

/**
 * Stretches each feature so that the training data reach from {@code min} to {@code max}; one that never changes
 * becomes {@code min}.
 *
 * <pre>
 *   yᵢ = min + (xᵢ − lowestᵢ) · (max − min) / (highestᵢ − lowestᵢ)
 * </pre>
 *
 * @param max above {@code min}
 */
public record MinMax(double min, double max) implements Preprocessor {
    public MinMax {
        if (!(min < max && Double.isFinite(max - min))) {
            throw new IllegalArgumentException("min must be below max: min=" + min + ", max=" + max);
        }
    }

    /** From 0 to 1. */
    public MinMax() {
        this(0, 1);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        ColumnMoments moments = rows.moments();
        int width = moments.mean().length;
        double[] shift = new double[width];
        double[] scale = new double[width];
        for (int i = 0; i < width; i++) {
            double range = moments.max()[i] - moments.min()[i];
            scale[i] = range == 0 ? 1 : range / (max - min);
            shift[i] = moments.min()[i] - min * scale[i];
        }
        return new Scaling(shift, scale);
    }
}
