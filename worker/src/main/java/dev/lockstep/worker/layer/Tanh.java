package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.tanh;

import java.util.List;

/** {@code (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)}. */
public record Tanh() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> tanh(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("tanh", x);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(-1, 1);
    }
}
