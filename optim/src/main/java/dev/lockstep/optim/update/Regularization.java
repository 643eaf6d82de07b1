package dev.lockstep.optim.update;

import dev.lockstep.optim.Settings;
import java.io.Serializable;

/**
 * What is added to the cost so that parameters stay small: Obj = Cost + Reg.
 *
 * <pre>
 *   Reg = l1 Σ|w| + l2/2 Σw²
 *   gradient = l1 · sign(w) + l2 · w          sign(0) = 0
 * </pre>
 *
 * <p>So {@code l2} is what the {@code weight_decay} of SGD is, but it is counted in the objective and clipped with the gradient.
 *
 * @param pattern which parameters; {@code *} for all
 */
public record Regularization(double l1, double l2, String pattern) implements Serializable {
    public static final Regularization NONE = new Regularization();

    public Regularization {
        Settings.requireAtLeastZero("l1", l1);
        Settings.requireAtLeastZero("l2", l2);
    }

    public Regularization() {
        this(0, 0, "*");
    }

    boolean covers(String name) {
        return (l1 > 0 || l2 > 0) && new NamePattern(pattern).matches(name);
    }

    /** The share of Reg of these values. */
    double value(float[] params, int start, int end) {
        double sizes = 0;
        double squares = 0;
        for (int i = start; i < end; i++) {
            double w = params[i];
            sizes += Math.abs(w);
            squares += w * w;
        }

        return l1 * sizes + l2 / 2 * squares;
    }

    void addGradient(float[] params, float[] gradient, int start, int end) {
        float first = (float) l1;
        float second = (float) l2;
        for (int i = start; i < end; i++) {
            gradient[i] += first * Math.signum(params[i]) + second * params[i];
        }
    }
}
