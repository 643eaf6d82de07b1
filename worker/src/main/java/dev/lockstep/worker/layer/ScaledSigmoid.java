package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.sigmoid;

import java.util.List;
import org.bytedeco.pytorch.Scalar;

/** {@code 4σ(x) − 2}: zero at zero with slope 1 there, as tanh. Not in torch.nn. */
public record ScaledSigmoid() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> sigmoid(x).mul(new Scalar(4)).sub(new Scalar(2)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.let("4 * " + ScriptScope.function("sigmoid", x) + " - 2");
    }

    @Override
    public Bounds bounds() {
        return new Bounds(-2, 2);
    }
}
