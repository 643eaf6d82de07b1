package dev.lockstep.driver.data.preprocess;

/**
 * Gives the training data the identity for covariance, in the coordinates of the principal components.
 *
 * <pre>
 *   yₖ = dₖ · (x − mean) / √(λₖ + eps),   λₖ, dₖ eigenvalues and eigenvectors of the covariance, falling
 * </pre>
 *
 * @param eps keeps directions without variance from growing, at least 0
 * @param ddof the covariance divides by rows − ddof, 0 or 1
 */
public record PcaWhiten(double eps, int ddof) implements Preprocessor {
    public PcaWhiten {
        Whitening.requireEps(eps);
        Ddof.require(ddof);
    }

    /** {@code eps} 1e-5. */
    public PcaWhiten() {
        this(1e-5, 0);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        Spectrum spectrum = Spectrum.of(rows, ddof);
        double[] scales = Whitening.scales(spectrum, eps);
        double[][] directions = spectrum.directions();
        for (int k = 0; k < scales.length; k++) {
            for (int i = 0; i < directions[k].length; i++) {
                directions[k][i] *= scales[k];
            }
        }
        return new Projection(spectrum.mean(), directions);
    }
}
