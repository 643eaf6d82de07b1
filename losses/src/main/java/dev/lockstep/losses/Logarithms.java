package dev.lockstep.losses;

/**
 * Natural logarithms of many numbers, exact to a few units in the last place.
 *
 * <pre>
 *   x = 2ᵏ (1 + f),  √½ ≤ 1 + f < √2
 *   log x = k log 2 + 2 artanh(s),  s = f/(2 + f)
 *   2 artanh(s) = 2s + 2s³/3 + 2s⁵/5 + …
 * </pre>
 *
 * with FDLIBM's coefficients, which are 2/3, 2/5, … adjusted to s² below 0.03. The second loop is arithmetic only, so
 * that the compiler makes vector instructions of it; LossBenchmark's bce pays for it.
 */
final class Logarithms {
    private static final double LN2 = Math.log(2);
    private static final double SQRT2 = Math.sqrt(2);
    private static final double C3 = 6.666666666666735130e-01;
    private static final double C5 = 3.999999999940941908e-01;
    private static final double C7 = 2.857142874366239149e-01;
    private static final double C9 = 2.222219843214978396e-01;
    private static final double C11 = 1.818357216161805012e-01;
    private static final double C13 = 1.531383769920937332e-01;
    private static final double C15 = 1.479819860511658591e-01;

    /** Bits of the least and the largest number that has the usual form. */
    private static final long LEAST = Double.doubleToRawLongBits(Double.MIN_NORMAL);

    private static final long MOST = Double.doubleToRawLongBits(Double.MAX_VALUE);
    private static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    private final double[] exponents;
    /** The results. */
    final double[] logs;

    Logarithms(int size) {
        this.exponents = new double[size];
        this.logs = new double[size];
    }

    /** Fills {@code logs} with log x, as {@link Math#log} also for 0, negative, infinite and NaN. */
    void compute(double[] x, int count) {
        long unusual = 0;
        for (int i = 0; i < count; i++) {
            long bits = Double.doubleToRawLongBits(x[i]);
            long k = (bits - SQRT_HALF) >> 52;
            // One of the differences is negative, also after overflow, where the number is not within the bounds.
            unusual |= (bits - LEAST) | (MOST - bits);
            exponents[i] = k;
            logs[i] = Double.longBitsToDouble(bits - (k << 52)) - 1;
        }
        for (int i = 0; i < count; i++) {
            logs[i] = series(logs[i]) + exponents[i] * LN2;
        }
        if (unusual < 0) {
            recompute(x, count);
        }
    }

    private void recompute(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            if (!(x[i] >= Double.MIN_NORMAL && x[i] <= Double.MAX_VALUE)) {
                logs[i] = Math.log(x[i]);
            }
        }
    }

    /** log(1 + e) for e in [0, 1], without losing the digits of a small e. */
    static double ofOnePlus(double e) {
        double upper = Comparisons.above(e - (SQRT2 - 1));
        return series(e - upper * 0.5 * (1 + e)) + upper * LN2;
    }

    /** log(1 + f) for f between √½ − 1 and √2 − 1. */
    private static double series(double f) {
        double s = f / (2 + f);
        double z = s * s;
        double sum = C15;
        sum = sum * z + C13;
        sum = sum * z + C11;
        sum = sum * z + C9;
        sum = sum * z + C7;
        sum = sum * z + C5;
        sum = sum * z + C3;
        return s * (2 + sum * z);
    }
}
