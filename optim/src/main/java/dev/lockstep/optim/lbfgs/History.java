package dev.lockstep.optim.lbfgs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last changes of point and gradient, and the inverse Hessian that they stand for. */
final class History<V> {
    private static final double LEAST_CURVATURE = 1e-10;

    private record Pair<V>(V s, V y, double curvature) {}

    private final Vectors<V> vectors;
    private final int capacity;
    private final Deque<Pair<V>> pairs = new ArrayDeque<>();
    private double scale = 1;

    History(Vectors<V> vectors, int capacity) {
        this.vectors = vectors;
        this.capacity = capacity;
    }

    /** Takes both vectors over. Pairs of too little curvature are dropped. */
    void remember(V s, V y) {
        double curvature = vectors.dot(y, s);
        if (!(curvature > LEAST_CURVATURE)) {
            forget(s, y);
            return;
        }
        if (pairs.size() == capacity) {
            Pair<V> oldest = pairs.removeFirst();
            forget(oldest.s, oldest.y);
        }

        pairs.addLast(new Pair<>(s, y, curvature));
        scale = curvature / vectors.dot(y, y);
    }

    /** The vectors of all pairs, the oldest first: s, y, s, y, ... */
    List<V> pairVectors() {
        List<V> all = new ArrayList<>();
        pairs.forEach(pair -> {
            all.add(pair.s);
            all.add(pair.y);
        });
        return all;
    }

    /** The scale of H₀, then the curvature of each pair. */
    List<Double> numbers() {
        List<Double> all = new ArrayList<>();
        all.add(scale);
        pairs.forEach(pair -> all.add(pair.curvature));
        return all;
    }

    /** Takes over what {@link #pairVectors} and {@link #numbers} gave. */
    void restore(List<V> vectorsOfPairs, List<Double> numbers) {
        scale = numbers.get(0);
        for (int i = 1; i < numbers.size(); i++) {
            pairs.addLast(new Pair<>(vectorsOfPairs.get(2 * i - 2), vectorsOfPairs.get(2 * i - 1), numbers.get(i)));
        }
    }

    private void forget(V s, V y) {
        vectors.release(s);
        vectors.release(y);
    }

    /** Writes −H · gradient to {@code direction}: the two-loop recursion. */
    void direct(V gradient, V direction) {
        vectors.copy(gradient, direction);
        vectors.scale(direction, -1);
        List<Pair<V>> newestLast = new ArrayList<>(pairs);
        double[] weights = new double[newestLast.size()];
        for (int i = weights.length - 1; i >= 0; i--) {
            Pair<V> pair = newestLast.get(i);
            weights[i] = vectors.dot(pair.s, direction) / pair.curvature;
            vectors.add(direction, -weights[i], pair.y);
        }

        vectors.scale(direction, scale);
        for (int i = 0; i < weights.length; i++) {
            Pair<V> pair = newestLast.get(i);
            double other = vectors.dot(pair.y, direction) / pair.curvature;
            vectors.add(direction, weights[i] - other, pair.s);
        }
    }
}
