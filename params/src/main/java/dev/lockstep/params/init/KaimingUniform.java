package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Kaiming's uniform initialiser, after He et al. (2015): {@code torch.nn.init.kaiming_uniform_}.
 *
 * <pre>
 *   U(−bound, bound)     bound = gain(nonlinearity, a) · √(3 / fan)
 * </pre>
 *
 * The gain makes up for what the nonlinearity takes away: a ReLU passes half of the variance.
 *
 * @param a negative slope of {@code leaky_relu}; the other nonlinearities do not look at it
 * @param mode the fan to divide by
 * @param nonlinearity what follows the layer
 */
public record KaimingUniform(double a, FanMode mode, Nonlinearity nonlinearity) implements Initializer {
    public KaimingUniform {
        SettingChecks.requireFinite("a", a);
    }

    public KaimingUniform() {
        this(0, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        double std = Gain.of(nonlinearity, a) / Math.sqrt(mode.of(Fans.of(shape)));
        Uniform.within(Math.sqrt(3) * std).fill(shape, draws, values);
    }
}
