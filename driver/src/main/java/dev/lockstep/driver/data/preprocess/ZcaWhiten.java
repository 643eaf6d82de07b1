package dev.lockstep.driver.data.preprocess;

/**
 * Gives the training data the identity for covariance, as close to the original features as possible (Bell and
 * Sejnowski 1997): images stay images.
 *
 * <pre>
 *   y = (C + eps · I)^(−1/2) (x − mean),   C the covariance
 * </pre>
 *
 * @param eps keeps directions without variance from growing, at least 0
 * @param ddof the covariance divides by rows − ddof, 0 or 1
 */
public record ZcaWhiten(double eps, int ddof) implements Preprocessor {
    public ZcaWhiten {
        Whitening.requireEps(eps);
        Ddof.require(ddof);
    }

    /** {@code eps} 1e-5. */
    public ZcaWhiten() {
        this(1e-5, 0);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        Spectrum spectrum = Spectrum.of(rows, ddof);
        return new Projection(spectrum.mean(), inverseRoot(spectrum, Whitening.scales(spectrum, eps)));
    }

    /** Σₖ scaleₖ · dₖ dₖᵀ */
    private static double[][] inverseRoot(Spectrum spectrum, double[] scales) {
        int width = scales.length;
        double[][] matrix = new double[width][width];
        for (int k = 0; k < width; k++) {
            double[] direction = spectrum.directions()[k];
            for (int i = 0; i < width; i++) {
                double factor = scales[k] * direction[i];
                for (int j = 0; j < width; j++) {
                    matrix[i][j] += factor * direction[j];
                }
            }
        }
        return matrix;
    }
}
