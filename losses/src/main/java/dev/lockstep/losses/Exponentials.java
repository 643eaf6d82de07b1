package dev.lockstep.losses;

/**
 * Exponentials of many numbers, exact to a few units in the last place.
 *
 * <pre>
 *   x = k log 2 + r,  |r| ≤ log(2)/2
 *   exp x = 2ᵏ (1 + r + r²/2! + … + r¹³/13!)
 * </pre>
 *
 * The first loop is arithmetic only, so that the compiler makes vector instructions of it. LossBenchmark's
 * bce_with_logits pays for it.
 */
final class Exponentials {
    /** Added to a number, leaves the nearest whole number in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final double LOG2_E = 1 / Math.log(2);
    /** log 2 in two parts, the first with so few bits that its products with k are exact. */
    private static final double LN2_HIGH = 6.93147180369123816490e-01;

    private static final double LN2_LOW = 1.90821492927058770002e-10;
    /** Up to here 2ᵏ is a usual number. */
    private static final long MOST = Double.doubleToRawLongBits(708);

    private final double[] rounded;
    /** The results. */
    final double[] exps;

    Exponentials(int size) {
        this.rounded = new double[size];
        this.exps = new double[size];
    }

    /** Fills {@code exps} with exp x, as {@link Math#exp} also for numbers that overflow or underflow, and NaN. */
    void compute(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            double shifted = x[i] * LOG2_E + ROUND;
            double k = shifted - ROUND;
            rounded[i] = shifted;
            exps[i] = series(x[i] - k * LN2_HIGH - k * LN2_LOW);
        }
        long unusual = 0;
        for (int i = 0; i < count; i++) {
            unusual |= MOST - (Double.doubleToRawLongBits(x[i]) & Long.MAX_VALUE);
            long power = Double.doubleToRawLongBits(rounded[i]) + Double.MAX_EXPONENT << 52;
            exps[i] *= Double.longBitsToDouble(power);
        }
        if (unusual < 0) {
            recompute(x, count);
        }
    }

    private void recompute(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(x[i]) <= 708)) {
                exps[i] = Math.exp(x[i]);
            }
        }
    }

    private static double series(double r) {
        double sum = 1.0 / 6227020800.0;
        sum = sum * r + 1.0 / 479001600;
        sum = sum * r + 1.0 / 39916800;
        sum = sum * r + 1.0 / 3628800;
        sum = sum * r + 1.0 / 362880;
        sum = sum * r + 1.0 / 40320;
        sum = sum * r + 1.0 / 5040;
        sum = sum * r + 1.0 / 720;
        sum = sum * r + 1.0 / 120;
        sum = sum * r + 1.0 / 24;
        sum = sum * r + 1.0 / 6;
        sum = sum * r + 1.0 / 2;
        return 1 + (r + r * r * sum);
    }
}
