package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Xavier's uniform initialiser, after Glorot and Bengio (2010): {@code torch.nn.init.xavier_uniform_}.
 *
 * <pre>
 *   U(−bound, bound)     bound = gain · √(6 / (fan_in + fan_out))
 * </pre>
 *
 * It keeps the variance of values and gradients through linear layers, and nearly through tanh.
 *
 * @param gain of the nonlinearity that follows, see {@link Gain}; finite and at least 0
 */
public record XavierUniform(double gain) implements Initializer {
    public XavierUniform {
        SettingChecks.requireAtLeastZero("gain", gain);
    }

    public XavierUniform() {
        this(1);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        double std = gain / Math.sqrt(Fans.of(shape).average());
        Uniform.within(Math.sqrt(3) * std).fill(shape, draws, values);
    }
}
