package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.elu;

import dev.lockstep.losses.NumberChecks;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/**
 * Exponential linear unit of Clevert et al. (2015).
 *
 * <pre>
 *   y = x if x > 0, α(eˣ − 1) else
 * </pre>
 */
public record Elu(double alpha) implements Layer {
    public Elu {
        NumberChecks.requireFinite("alpha", alpha);
    }

    public Elu() {
        this(1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> elu(x, new Scalar(alpha), new Scalar(1.0), new Scalar(1.0)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("elu", x, alpha);
    }
}
