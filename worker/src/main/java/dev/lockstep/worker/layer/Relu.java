package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.relu;

import java.util.List;

/** {@code max(0, x)}; the slope at 0 is 0. */
public record Relu() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> relu(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("relu", x);
    }
}
