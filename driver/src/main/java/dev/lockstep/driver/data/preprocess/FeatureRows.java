package dev.lockstep.driver.data.preprocess;

import java.util.List;

/** What a {@link Preprocessor} may ask of the training data's features. Each question is a pass over the data. */
public interface FeatureRows {
    /** Of one example. */
    List<Integer> shape();

    ColumnMoments moments();

    /**
     * Σ (x − mean)(x − mean)ᵀ over all rows x.
     *
     * @return width × width, row after row, symmetric
     */
    double[] centredProducts(double[] mean);
}
