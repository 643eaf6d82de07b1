package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.leaky_relu;

import dev.lockstep.losses.NumberChecks;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * <pre>
 *   y = x if x > 0, slope · x else
 * </pre>
 *
 * @param negativeSlope finite; acts at 0 as well
 */
public record LeakyRelu(double negativeSlope) implements Layer {
    public LeakyRelu {
        NumberChecks.requireFinite("negative_slope", negativeSlope);
    }

    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> leaky_relu(x, new Scalar(negativeSlope)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("leaky_relu", x, negativeSlope);
    }
}
