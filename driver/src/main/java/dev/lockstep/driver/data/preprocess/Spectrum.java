package dev.lockstep.driver.data.preprocess;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import org.netlib.util.intW;

/**
 * The eigenvalues and eigenvectors of the features' covariance matrix, by LAPACK's {@code dsyev} in its Java form,
 * which Spark's MLlib carries: the same bits on every machine.
 *
 * @param values falling, none below 0
 * @param directions in rows, of length 1, the largest entry of each above 0
 */
record Spectrum(double[] mean, double[] values, double[][] directions) {

    /** @param ddof the covariance divides by rows − ddof */
    static Spectrum of(FeatureRows rows, int ddof) {
        ColumnMoments moments = rows.moments();
        Ddof.require(ddof, moments.rows());
        double[] covariance = rows.centredProducts(moments.mean());
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= moments.rows() - ddof;
        }
        return decompose(moments.mean(), covariance);
    }

    private static Spectrum decompose(double[] mean, double[] covariance) {
        int width = mean.length;
        double[] rising = new double[width];
        double[] vectors = covariance;
        symmetricEigen(width, vectors, rising);
        double[] values = new double[width];
        double[][] directions = new double[width][width];
        for (int k = 0; k < width; k++) {
            int column = width - 1 - k;
            values[k] = Math.max(0, rising[column]);
            System.arraycopy(vectors, column * width, directions[k], 0, width);
            fixSign(directions[k]);
        }
        return new Spectrum(mean, values, directions);
    }

    /** Replaces the matrix by its eigenvectors, one after the other. */
    private static void symmetricEigen(int width, double[] matrix, double[] values) {
        intW info = new intW(0);
        double[] size = new double[1];
        JavaLAPACK.getInstance().dsyev("V", "U", width, matrix, width, values, size, -1, info);
        double[] work = new double[(int) size[0]];
        JavaLAPACK.getInstance().dsyev("V", "U", width, matrix, width, values, work, work.length, info);
        if (info.val != 0) {
            throw new IllegalStateException("Eigenvalues did not converge: width=" + width + ", info=" + info.val);
        }
    }

    private static void fixSign(double[] direction) {
        double peak = 0;
        for (double entry : direction) {
            peak = Math.abs(entry) > Math.abs(peak) ? entry : peak;
        }
        if (peak < 0) {
            for (int i = 0; i < direction.length; i++) {
                direction[i] = -direction[i];
            }
        }
    }
}
