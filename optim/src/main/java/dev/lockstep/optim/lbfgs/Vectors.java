package dev.lockstep.optim.lbfgs;

/**
 * The few things that L-BFGS does with vectors. On one machine these are loops; over shards each is one command to all
 * of them, and those that return a number add up (or compare) the shards' partial results in a fixed order.
 *
 * @param <V> a vector, or a handle to one that lies elsewhere
 */
public interface Vectors<V> {
    /** A new vector of zeros. */
    V zeros();

    /** Gives a vector back that {@link #zeros} made and nobody will use again. */
    default void release(V vector) {}

    void copy(V from, V to);

    /** {@code x ← factor · x} */
    void scale(V x, double factor);

    /** {@code to ← to + factor · x} */
    void add(V to, double factor, V x);

    double dot(V x, V y);

    /** Σ|x| */
    double sumOfSizes(V x);

    /** max|x| */
    double largestSize(V x);
}
