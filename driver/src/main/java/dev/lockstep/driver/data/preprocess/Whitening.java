package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;

/** What the two whitenings share: one over the standard deviation along each direction. */
final class Whitening {
    /** Eigenvalues below this share of the largest are rounding errors. */
    private static final double ROUNDING = 1e-13;

    private Whitening() {}

    static void requireEps(double eps) {
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("eps must be finite and at least 0: eps=" + eps);
        }
    }

    static double[] scales(Spectrum spectrum, double eps) {
        double[] values = spectrum.values();
        double smallest = values[values.length - 1];
        if (eps == 0 && smallest <= ROUNDING * values[0]) {
            throw new DataException("Whitening needs eps above 0, because a combination of features never changes:"
                    + " eps=0, smallest eigenvalue=" + smallest + ", largest=" + values[0]);
        }
        double[] scales = new double[values.length];
        for (int k = 0; k < scales.length; k++) {
            scales[k] = 1 / Math.sqrt(values[k] + eps);
        }
        return scales;
    }
}
