package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Xavier's normal initialiser, after Glorot and Bengio (2010): {@code torch.nn.init.xavier_normal_}.
 *
 * <pre>
 *   N(0, std²)     std = gain · √(2 / (fan_in + fan_out))
 * </pre>
 *
 * It keeps the variance of values and gradients through linear layers, and nearly through tanh.
 *
 * @param gain of the nonlinearity that follows, see {@link Gain}; finite and at least 0
 */
public record XavierNormal(double gain) implements Initializer {
    public XavierNormal {
        SettingChecks.requireAtLeastZero("gain", gain);
    }

    public XavierNormal() {
        this(1);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        double std = gain / Math.sqrt(Fans.of(shape).average());
        new Normal(0, std).fill(shape, draws, values);
    }
}
