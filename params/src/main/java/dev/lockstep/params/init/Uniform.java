package dev.lockstep.params.init;

import java.util.List;

/**
 * Uniform between a and b: {@code torch.nn.init.uniform_}.
 *
 * @param a lower end, finite
 * @param b upper end, finite and not below a
 */
public record Uniform(double a, double b) implements Initializer {
    public Uniform {
        if (!(a <= b && a > Double.NEGATIVE_INFINITY && b < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a and b must be finite and a at most b: a=" + a + ", b=" + b);
        }
    }

    public Uniform() {
        this(0, 1);
    }

    /** Between −bound and bound. */
    static Uniform within(double bound) {
        return new Uniform(-bound, bound);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Rounding.between(a, b, a + (b - a) * draws.uniform(i));
        }
    }
}
