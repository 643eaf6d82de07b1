package dev.lockstep.optim.lbfgs;

import java.util.ArrayList;
import java.util.List;

/** An objective along one direction from a point, and how often it was looked at. */
final class Line<V> {
    private final Vectors<V> vectors;
    private final Objective<V> objective;
    private final V from;
    private final V direction;
    private final V point;
    private final List<V> gradients = new ArrayList<>();

    /** Keeps both vectors and changes neither. */
    Line(Vectors<V> vectors, Objective<V> objective, V from, V direction) {
        this.vectors = vectors;
        this.objective = objective;
        this.from = from;
        this.direction = direction;
        this.point = vectors.zeros();
    }

    LineSearchPoint<V> at(double t) {
        V gradient = vectors.zeros();
        gradients.add(gradient);
        vectors.copy(from, point);
        vectors.add(point, t, direction);
        double value = objective.evaluate(point, gradient);
        return new LineSearchPoint<>(t, value, vectors.dot(gradient, direction), gradient);
    }

    int evaluations() {
        return gradients.size();
    }

    double largestStep(double t) {
        return Math.abs(t) * vectors.largestSize(direction);
    }

    /** Gives back all vectors but the gradient of the trial that was chosen. */
    void close(V chosen) {
        vectors.release(point);
        gradients.stream().filter(gradient -> gradient != chosen).forEach(vectors::release);
    }
}
