package dev.lockstep.optim.lbfgs;

/**
 * A function to be minimised. In training, one evaluation is one synchronous round over the whole data.
 *
 * @param <V> as in {@link Vectors}
 */
@FunctionalInterface
public interface Objective<V> {
    /** The value at {@code point}; overwrites {@code gradient}. */
    double evaluate(V point, V gradient);
}
