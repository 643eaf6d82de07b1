package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.Arrays;
import java.util.List;

/**
 * One value everywhere: {@code torch.nn.init.constant_}. Hidden units that begin alike stay alike, see
 * {@link Symmetry}.
 *
 * @param val the value, finite
 */
public record Constant(double val) implements Initializer {
    public Constant {
        SettingChecks.requireFinite("val", val);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Arrays.fill(values, (float) val);
    }
}
