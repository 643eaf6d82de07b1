package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;
import dev.lockstep.optim.Sums;
import java.io.Serializable;
import java.nio.FloatBuffer;

/**
 * What is added to the cost so that parameters stay small: Obj = Cost + Reg.
 *
 * <pre>
 *   Reg = l1 Σ|w| + l2/2 Σw²
 *   gradient = l1 · sign(w) + l2 · w          sign(0) = 0
 * </pre>
 *
 * <p>So {@code l2} is what the {@code weight_decay} of SGD is, but it is counted in the objective and clipped with the
 * gradient.
 *
 * @param pattern which parameters; {@code *} for all
 */
public record Regularization(double l1, double l2, String pattern) implements Serializable {
    private static final int BLOCK = 4096;

    public static final Regularization NONE = new Regularization();

    public Regularization {
        SettingChecks.requireAtLeastZero("l1", l1);
        SettingChecks.requireAtLeastZero("l2", l2);
    }

    public Regularization() {
        this(0, 0, "*");
    }

    /** Whether there is any. */
    public boolean adds() {
        return l1 > 0 || l2 > 0;
    }

    /** Whether a parameter of this name is among those that count. */
    public boolean covers(String name) {
        return adds() && new NamePattern(pattern).matches(name);
    }

    /** A parameter's share of Reg, added in an order that depends on the number of its values alone. */
    public double of(FloatBuffer values) {
        float[] block = new float[Math.min(BLOCK, values.remaining())];
        double sizes = 0;
        double squares = 0;
        for (FloatBuffer rest = values.duplicate(); rest.hasRemaining(); ) {
            int count = Math.min(BLOCK, rest.remaining());
            rest.get(block, 0, count);
            sizes += l1 == 0 ? 0 : Sums.ofSizes(block, 0, count);
            squares += l2 == 0 ? 0 : Sums.ofSquares(block, 0, count);
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
