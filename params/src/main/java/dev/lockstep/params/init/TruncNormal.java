package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Normal, cut off outside [a, b] and scaled up inside: {@code torch.nn.init.trunc_normal_}. The ends are values, not
 * multiples of std.
 *
 * <pre>
 *   x = mean + std · Φ⁻¹(Φ(α) + u (Φ(β) − Φ(α)))     α = (a − mean)/std, β = (b − mean)/std, u uniform in (0, 1)
 * </pre>
 *
 * An interval in the upper tail is mirrored first, where PyTorch loses its digits.
 *
 * @param mean of the normal before it is cut, finite
 * @param std of the normal before it is cut, finite and above 0
 * @param a lower end, below b
 * @param b upper end
 */
public record TruncNormal(double mean, double std, double a, double b) implements Initializer {
    public TruncNormal {
        SettingChecks.requireFinite("mean", mean);
        if (!(std > 0 && std < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("std must be finite and above 0: std=" + std);
        }
        if (!(a < b)) {
            throw new IllegalArgumentException("a must be below b: a=" + a + ", b=" + b);
        }
        if (shareBetween(mean, std, a, b) <= 0) {
            throw new IllegalArgumentException("The interval holds nothing of the distribution: mean=" + mean + ", std="
                    + std + ", a=" + a + ", b=" + b);
        }
    }

    public TruncNormal() {
        this(0, 1, -2, 2);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        double sign = a > mean ? -1 : 1;
        double below = Gaussian.share(a > mean ? (mean - b) / std : (a - mean) / std);
        double inside = shareBetween(mean, std, a, b);

        for (int i = 0; i < values.length; i++) {
            double x = mean + sign * std * Gaussian.quantile(below + draws.uniform(i) * inside);
            values[i] = Rounding.between(a, b, Math.max(a, Math.min(b, x)));
        }
    }

    private static double shareBetween(double mean, double std, double a, double b) {
        double low = a > mean ? (mean - b) / std : (a - mean) / std;
        double high = a > mean ? (mean - a) / std : (b - mean) / std;
        return Gaussian.share(high) - Gaussian.share(low);
    }
}
