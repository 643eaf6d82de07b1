package dev.lockstep.optim.lbfgs;

import java.util.ArrayList;
import java.util.List;

/**
 * L-BFGS at work on one point: what is remembered between steps. Owns the vectors it makes; one thread at a time.
 *
 * @param <V> as in {@link Vectors}
 */
public final class LbfgsRun<V> {
    private final Lbfgs settings;
    private final Vectors<V> vectors;
    private final History<V> history;
    private final V direction;
    private final V previousGradient;
    private double previousT;
    private double lr;
    private int iterations;
    private int evaluations;

    public LbfgsRun(Lbfgs settings, Vectors<V> vectors) {
        this(settings, vectors, vectors.zeros(), vectors.zeros());
    }

    /** Goes on from what {@link #memory} gave; takes its vectors over. */
    public LbfgsRun(Lbfgs settings, Vectors<V> vectors, LbfgsMemory<V> memory) {
        this(settings, vectors, memory.vectors().get(0), memory.vectors().get(1));
        this.iterations = memory.numbers().get(0).intValue();
        this.evaluations = memory.numbers().get(1).intValue();
        this.previousT = memory.numbers().get(2);
        history.restore(
                memory.vectors().subList(LbfgsMemory.VECTORS, memory.vectors().size()),
                memory.numbers().subList(LbfgsMemory.NUMBERS, memory.numbers().size()));
    }

    private LbfgsRun(Lbfgs settings, Vectors<V> vectors, V direction, V previousGradient) {
        this.settings = settings;
        this.vectors = vectors;
        this.history = new History<>(vectors, settings.historySize());
        this.direction = direction;
        this.previousGradient = previousGradient;
    }

    /** What is remembered between two steps. */
    public LbfgsMemory<V> memory() {
        List<V> kept = new ArrayList<>(List.of(direction, previousGradient));
        kept.addAll(history.pairVectors());
        List<Double> numbers = new ArrayList<>(List.of((double) iterations, (double) evaluations, previousT));
        numbers.addAll(history.numbers());
        return new LbfgsMemory<>(kept, numbers);
    }

    /** Iterations of all steps so far. */
    public int iterations() {
        return iterations;
    }

    /** Evaluations of all steps so far. */
    public int evaluations() {
        return evaluations;
    }

    /** Moves {@code point} by up to {@code maxIter} iterations and returns the value where it was before. */
    public double step(V point, Objective<V> objective) {
        return step(point, objective, settings.lr());
    }

    /** @param rate what a schedule made of the settings' lr for this step */
    public double step(V point, Objective<V> objective, double rate) {
        this.lr = rate;
        int evaluationsBefore = evaluations;
        V gradient = vectors.zeros();
        double value = objective.evaluate(point, gradient);
        evaluations++;
        LineSearchPoint<V> now = new LineSearchPoint<>(0, value, 0, gradient);

        for (int iteration = 1; iteration <= settings.maxIter() && !optimal(now); iteration++) {
            LineSearchPoint<V> start = aim(now);
            if (start.slope() > -settings.toleranceChange()) {
                break;
            }

            boolean last = iteration == settings.maxIter();
            now = move(point, objective, start, last);
            boolean spent = evaluations - evaluationsBefore >= settings.evaluationsPerStep();
            if (spent || settled(start, now)) {
                break;
            }
        }

        vectors.release(now.gradient());
        return value;
    }

    private boolean optimal(LineSearchPoint<V> now) {
        return vectors.largestSize(now.gradient()) <= settings.toleranceGrad();
    }

    /** Chooses the direction and the distance to try, from where the point is now. */
    private LineSearchPoint<V> aim(LineSearchPoint<V> now) {
        V gradient = now.gradient();
        if (iterations > 0) {
            history.remember(difference(), changeOf(gradient));
        }

        iterations++;
        history.direct(gradient, direction);
        vectors.copy(gradient, previousGradient);
        previousT = lr * (iterations == 1 ? Math.min(1, 1 / vectors.sumOfSizes(gradient)) : 1);
        return new LineSearchPoint<>(0, now.value(), vectors.dot(gradient, direction), gradient);
    }

    /** How the last move changed the point. */
    private V difference() {
        V s = vectors.zeros();
        vectors.add(s, previousT, direction);
        return s;
    }

    private V changeOf(V gradient) {
        V y = vectors.zeros();
        vectors.copy(gradient, y);
        vectors.add(y, -1, previousGradient);
        return y;
    }

    private LineSearchPoint<V> move(V point, Objective<V> objective, LineSearchPoint<V> start, boolean last) {
        if (settings.lineSearchFn() == null && last) {
            // Nobody looks at the value any more: the next step begins with an evaluation.
            vectors.add(point, previousT, direction);
            return start;
        }

        Line<V> line = new Line<>(vectors, objective, point, direction);
        LineSearchPoint<V> chosen =
                settings.lineSearchFn() == null ? line.at(previousT) : new StrongWolfe<>(line, start).search(previousT);
        evaluations += line.evaluations();
        previousT = chosen.t();
        vectors.add(point, previousT, direction);
        line.close(chosen.gradient());
        if (chosen.gradient() != start.gradient()) {
            vectors.release(start.gradient());
        }

        return chosen;
    }

    private boolean settled(LineSearchPoint<V> before, LineSearchPoint<V> now) {
        double moved = Math.abs(previousT) * vectors.largestSize(direction);
        return moved <= settings.toleranceChange()
                || Math.abs(now.value() - before.value()) < settings.toleranceChange();
    }
}
