package dev.lockstep.params.init;

/**
 * QR decomposition by Householder reflections (Golub and Van Loan, algorithms 5.2.1 and 5.1.5), in double.
 *
 * <pre>
 *   H = I − 2 v vᵀ, |v| = 1:  Hⱼ turns what is left of column j into (Rⱼⱼ, 0, ..., 0)
 *   Q = H₁ H₂ ... Hₖ applied to the first k columns of I
 * </pre>
 */
final class Householder {
    private Householder() {}

    /**
     * Replaces the columns of a matrix by those of Q, each times the sign of its diagonal element of R.
     *
     * @param columns k arrays of n numbers, k ≤ n
     */
    static void orthonormalize(double[][] columns) {
        int count = columns.length;
        double[] signs = new double[count];
        for (int j = 0; j < count; j++) {
            signs[j] = toReflector(columns[j], j);
            for (int other = j + 1; other < count; other++) {
                reflect(columns[j], j, columns[other]);
            }
        }

        double[][] q = new double[count][columns[0].length];
        for (int j = 0; j < count; j++) {
            q[j][j] = signs[j];
        }
        for (int j = count - 1; j >= 0; j--) {
            for (int other = j; other < count; other++) {
                reflect(columns[j], j, q[other]);
            }
        }

        System.arraycopy(q, 0, columns, 0, count);
    }

    /** Turns what is left of a column, from {@code start} on, into the v of its reflection; returns the sign of Rⱼⱼ. */
    private static double toReflector(double[] column, int start) {
        double norm = norm(column, start);
        if (norm == 0) {
            return 1;
        }

        // Away from the column's own sign, so that nothing cancels.
        double sign = column[start] > 0 ? -1 : 1;
        column[start] -= sign * norm;
        double length = norm(column, start);
        for (int i = start; i < column.length; i++) {
            column[i] /= length;
        }

        return sign;
    }

    private static void reflect(double[] v, int start, double[] column) {
        double dot = 0;
        for (int i = start; i < v.length; i++) {
            dot += v[i] * column[i];
        }

        double twice = 2 * dot;
        for (int i = start; i < v.length; i++) {
            column[i] -= twice * v[i];
        }
    }

    private static double norm(double[] column, int start) {
        double squares = 0;
        for (int i = start; i < column.length; i++) {
            squares += column[i] * column[i];
        }

        return Math.sqrt(squares);
    }
}
