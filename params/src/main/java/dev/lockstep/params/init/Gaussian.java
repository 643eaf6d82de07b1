package dev.lockstep.params.init;

/**
 * The standard normal distribution and its inverse, to double precision in both tails.
 *
 * <pre>
 *   Φ(x) = ½ + φ(x)(x + x³/3 + x⁵/15 + ...)         |x| &lt; 3, Marsaglia (2004)
 *   Φ(−x) = φ(x) / (x + 1/(x + 2/(x + 3/...)))      x ≥ 3, Laplace's continued fraction
 *   Φ⁻¹(p) by rational functions of p − ½ or of √(−ln p): algorithm AS 241, Wichura (1988)
 * </pre>
 */
final class Gaussian {
    private static final double SQRT_TWO_PI = 2.506628274631000502416;
    private static final double SERIES_LIMIT = 3;
    private static final int FRACTION_DEPTH = 200;

    /** Numerators and denominators of AS 241, highest power first, for the centre, the tails and the far tails. */
    private static final double[] CENTRE_ABOVE = {
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0
    };

    private static final double[] CENTRE_BELOW = {
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0
    };

    private static final double[] TAIL_ABOVE = {
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0
    };

    private static final double[] TAIL_BELOW = {
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0
    };

    private static final double[] FAR_ABOVE = {
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0
    };

    private static final double[] FAR_BELOW = {
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0
    };

    private Gaussian() {}

    /** Φ(x): the share of the distribution below x. */
    static double share(double x) {
        if (x >= SERIES_LIMIT) {
            return 1 - tail(x);
        }

        return x <= -SERIES_LIMIT ? tail(-x) : 0.5 + series(x);
    }

    /** Φ⁻¹(p): the number below which the share p lies, 0 &lt; p &lt; 1. */
    static double quantile(double p) {
        double centred = p - 0.5;
        if (Math.abs(centred) <= 0.425) {
            double r = 0.180625 - centred * centred;
            return centred * polynomial(CENTRE_ABOVE, r) / polynomial(CENTRE_BELOW, r);
        }

        double r = Math.sqrt(-StrictMath.log(centred < 0 ? p : 1 - p));
        double x = r <= 5
                ? polynomial(TAIL_ABOVE, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
                : polynomial(FAR_ABOVE, r - 5) / polynomial(FAR_BELOW, r - 5);
        return centred < 0 ? -x : x;
    }

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / SQRT_TWO_PI;
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; Math.abs(term) > Math.abs(sum) * 1e-17; k += 2) {
            term *= x * x / k;
            sum += term;
        }

        return sum * density(x);
    }

    private static double tail(double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return 0;
        }

        double fraction = x;
        for (int k = FRACTION_DEPTH; k > 0; k--) {
            fraction = x + k / fraction;
        }

        return density(x) / fraction;
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int k = 1; k < coefficients.length; k++) {
            sum = sum * x + coefficients[k];
        }

        return sum;
    }
}
