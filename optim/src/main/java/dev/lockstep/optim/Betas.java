package dev.lockstep.optim;

import java.io.Serializable;

/**
 * Shares of the old running means that are kept at each step.
 *
 * @param first of the gradient's mean, in [0, 1)
 * @param second of the mean of its square, in [0, 1)
 */
public record Betas(double first, double second) implements Serializable {
    public Betas {
        SettingChecks.requireDecay("betas[0]", first);
        SettingChecks.requireDecay("betas[1]", second);
    }

    Betas withFirst(double value) {
        return new Betas(value, second);
    }
}
