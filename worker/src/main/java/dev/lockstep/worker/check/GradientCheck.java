package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Compares the gradient of a whole network and loss with the slope of the loss, one value at a time.
 *
 * <p>It looks at a point close to the one given: every value is moved by N(0, 10⁻³ · max(rms of its tensor, 10⁻²)).
 * Where weights or biases are 0, or equal, whole layers sit on the corner of a relu or a max, where there is no slope;
 * a little aside there is.
 *
 * @param values of a tensor that are tried
 * @param tolerance for a tensor's error
 * @param seed of what is drawn
 */
public record GradientCheck(int values, double tolerance, long seed) {
    private static final double ASIDE = 1e-3;
    private static final double LEAST_SIZE = 1e-2;
    /** So many times as many values as wanted are drawn at most, where there are corners. */
    private static final int DRAWS = 4;

    public GradientCheck {
        if (values < 1) {
            throw new IllegalArgumentException("values must be at least 1: values=" + values);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be between 0 and 1: tolerance=" + tolerance);
        }
    }

    /**
     * One entry per parameter tensor, the worst first. Leaves the values where it looked.
     *
     * @param done is told of each tensor, in the order of the flat vector
     * @throws IllegalArgumentException if there is nothing to compare: a loss that is not the same twice, or cannot be
     *     computed in float64
     * @throws ArithmeticException if the loss is not finite
     */
    public List<TensorCheck> run(LossSurface surface, Consumer<TensorCheck> done) {
        moveAside(surface);
        double loss = steadyLoss(surface);
        double[] gradient = surface.gradient();
        List<TensorCheck> checks = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < surface.parameters().size(); i++) {
            TensorCheck check = new TensorRun(this, surface, loss, gradient, i).check(start);
            done.accept(check);
            checks.add(check);
            start += check.parameter().size();
        }

        checks.sort(Comparator.comparing(TensorCheck::outcome)
                .thenComparing(Comparator.comparingDouble(TensorCheck::error).reversed()));
        return checks;
    }

    int draws() {
        return DRAWS * values;
    }

    private void moveAside(LossSurface surface) {
        Random random = new Random(seed);
        DoubleBuffer w = surface.values();
        int start = 0;
        for (Parameter parameter : surface.parameters()) {
            double squares = 0;
            for (int i = start; i < start + parameter.size(); i++) {
                squares += w.get(i) * w.get(i);
            }

            double size = Math.max(LEAST_SIZE, Math.sqrt(squares / parameter.size()));
            for (int i = start; i < start + parameter.size(); i++) {
                w.put(i, w.get(i) + ASIDE * size * random.nextGaussian());
            }
            start += parameter.size();
        }
    }

    private static double steadyLoss(LossSurface surface) {
        double loss = surface.loss();
        double again = surface.loss();
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("Loss is not finite: sum=" + loss);
        }
        if (Math.abs(loss - again) > 1e-12 * Math.abs(loss)) {
            throw new IllegalArgumentException("Loss is not the same twice, so that it has no slope: first=" + loss
                    + ", second=" + again + ". The network draws random numbers that no seed reaches");
        }
        return loss;
    }
}
