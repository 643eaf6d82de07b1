package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.softplus;

import dev.lockstep.losses.NumberChecks;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * A smooth relu.
 *
 * <pre>
 *   y = ln(1 + e^(βx)) / β if βx ≤ threshold, x else
 * </pre>
 *
 * @param beta finite and above 0
 * @param threshold where it turns linear, so that nothing overflows
 */
public record Softplus(double beta, double threshold) implements Layer {
    public Softplus {
        NumberChecks.requirePositive("beta", beta);
        NumberChecks.requireFinite("threshold", threshold);
    }

    public Softplus() {
        this(1, 20);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> softplus(x, new Scalar(beta), new Scalar(threshold)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("softplus", x, beta, threshold);
    }
}
