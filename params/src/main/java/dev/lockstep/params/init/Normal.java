package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Normal: {@code torch.nn.init.normal_}.
 *
 * @param mean finite
 * @param std standard deviation, finite and at least 0
 */
public record Normal(double mean, double std) implements Initializer {
    public Normal {
        SettingChecks.requireFinite("mean", mean);
        SettingChecks.requireAtLeastZero("std", std);
    }

    public Normal() {
        this(0, 1);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + std * draws.normal(i));
        }
    }
}
