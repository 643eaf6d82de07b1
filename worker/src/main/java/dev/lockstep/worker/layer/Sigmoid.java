package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.sigmoid;

import java.util.List;

/** {@code σ(x) = 1 / (1 + e⁻ˣ)}. */
public record Sigmoid() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> sigmoid(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("sigmoid", x);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(0, 1);
    }
}
