package dev.lockstep.losses;

import java.util.Arrays;

/**
 * The p-norm of the difference of two rows, and its derivative.
 *
 * <pre>
 *   d = (Σ |a_i − b_i + ε|ᵖ)^(1/p)      p = ∞: the largest
 *   slope_i = sign(·) |a_i − b_i + ε|ᵖ⁻¹ / dᵖ⁻¹ by a_i, the negative by b_i; 0 where d is 0; equal largest share it
 * </pre>
 */
final class Distance {
    private final double p;
    private final double eps;
    private final double[] slopes;

    Distance(double p, double eps, int extent) {
        this.p = p;
        this.eps = eps;
        this.slopes = new double[extent];
    }

    double between(double[] a, double[] b, int offset) {
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = a[offset + i] - b[offset + i] + eps;
        }

        double norm = norm();
        toSlopes(norm);
        return norm;
    }

    /** Of what {@link #between} was called for last, by the first row; live. */
    double[] slopes() {
        return slopes;
    }

    private double norm() {
        double sum = 0;
        if (p == 2) {
            for (double x : slopes) {
                sum += x * x;
            }
            return Math.sqrt(sum);
        }
        if (p == 1) {
            for (double x : slopes) {
                sum += Math.abs(x);
            }
            return sum;
        }
        if (p == Double.POSITIVE_INFINITY) {
            for (double x : slopes) {
                sum = Math.max(sum, Math.abs(x));
            }
            return sum;
        }

        for (double x : slopes) {
            sum += Math.pow(Math.abs(x), p);
        }
        return Math.pow(sum, 1 / p);
    }

    private void toSlopes(double norm) {
        if (norm == 0) {
            Arrays.fill(slopes, 0);
        } else if (p == 2) {
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] /= norm;
            }
        } else if (p == Double.POSITIVE_INFINITY) {
            toLargest(norm);
        } else {
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = Math.signum(slopes[i]) * Math.pow(Math.abs(slopes[i]) / norm, p - 1);
            }
        }
    }

    private void toLargest(double norm) {
        double count = 0;
        for (double x : slopes) {
            count += Math.abs(x) == norm ? 1 : 0;
        }
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = Math.abs(slopes[i]) == norm ? Math.signum(slopes[i]) / count : 0;
        }
    }
}
