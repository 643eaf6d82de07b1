package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;
import java.io.Serializable;

/**
 * The p-norm of a gradient that lies in pieces: each piece gives a partial, partials combine, and the total becomes the
 * norm.
 *
 * <pre>
 *   (Σ|g|ᵖ)^(1/p)        max|g| for p = ∞
 * </pre>
 *
 * <p>Partials are double and must be combined in a fixed order to give the same bits.
 *
 * @param p above 0; may be infinite
 */
public record Norm(double p) implements Serializable {
    public Norm {
        SettingChecks.requirePositiveOrInfinite("normType", p);
    }

    /** @param squares the sum of squares, which is known already */
    double partial(float[] gradient, int start, int end, double squares) {
        if (p == 2) {
            return squares;
        }
        if (p == Double.POSITIVE_INFINITY) {
            return largest(gradient, start, end);
        }

        double sum = 0;
        for (int i = start; i < end; i++) {
            double size = Math.abs(gradient[i]);
            sum += p == 1 ? size : Math.pow(size, p);
        }

        return sum;
    }

    double combine(double one, double other) {
        return p == Double.POSITIVE_INFINITY ? Math.max(one, other) : one + other;
    }

    double of(double total) {
        if (p == 2) {
            return Math.sqrt(total);
        }

        return p == 1 || p == Double.POSITIVE_INFINITY ? total : Math.pow(total, 1 / p);
    }

    /** The largest |g|, NaN if one is. */
    private static float largest(float[] gradient, int start, int end) {
        float largest = 0;
        for (int i = start; i < end; i++) {
            largest = Math.max(largest, Math.abs(gradient[i]));
        }

        return largest;
    }
}
