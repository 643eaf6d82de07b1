package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the directions in which the training data vary most (principal components; Pearson 1901, Hotelling 1933).
 *
 * <pre>
 *   yₖ = dₖ · (x − mean),   dₖ the eigenvector of the k-th largest eigenvalue of the covariance
 * </pre>
 *
 * @param components how many directions, at least 1
 */
public record Pca(int components) implements Preprocessor {
    public Pca {
        if (components < 1) {
            throw new IllegalArgumentException("components must be at least 1: components=" + components);
        }
    }

    @Override
    public List<Integer> outputShape(List<Integer> shape) {
        return List.of(components);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        Spectrum spectrum = Spectrum.of(rows, /* ddof */ 0);
        int width = spectrum.mean().length;
        if (components > width) {
            throw new DataException("pca cannot have more components than there are features: components=" + components
                    + ", features=" + width);
        }
        return new Projection(spectrum.mean(), Arrays.copyOf(spectrum.directions(), components));
    }
}
