package dev.lockstep.losses;

/** The logarithm in softplus(x) = max(x, 0) + log(1 + exp(−|x|)). */
final class Logistic {
    private static final double SQRT2 = Math.sqrt(2);
    private static final double LN2 = Math.log(2);

    private static final double C3 = 6.666666666666735130e-01;
    private static final double C5 = 3.999999999940941908e-01;
    private static final double C7 = 2.857142874366239149e-01;
    private static final double C9 = 2.222219843214978396e-01;
    private static final double C11 = 1.818357216161805012e-01;
    private static final double C13 = 1.531383769920937332e-01;
    private static final double C15 = 1.479819860511658591e-01;

    private Logistic() {}

    /**
     * log(1 + e) for e in [0, 1], exact to a few units in the last place also for the smallest e.
     *
     * <pre>
     *   log(1 + f) = 2 artanh(s) = 2s + 2s³/3 + 2s⁵/5 + …,   s = f/(2 + f)
     * </pre>
     *
     * with f = e below √2 − 1, and f = (e − 1)/2 and log 2 added above, so that s² stays below 0.03. The coefficients are those of
     * FDLIBM's log, 2/3, 2/5, … adjusted to that range.
     */
    static double log1p(double e) {
        boolean large = e > SQRT2 - 1;
        double f = large ? 0.5 * (e - 1) : e;
        double s = f / (2 + f);
        double z = s * s;
        double series = C15;
        series = series * z + C13;
        series = series * z + C11;
        series = series * z + C9;
        series = series * z + C7;
        series = series * z + C5;
        series = series * z + C3;
        return (large ? LN2 : 0) + s * (2 + series * z);
    }
}
