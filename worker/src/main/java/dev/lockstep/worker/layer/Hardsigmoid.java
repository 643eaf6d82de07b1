package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.hardsigmoid;

import java.util.List;

/** {@code min(1, max(0, x/6 + 1/2))}; the slope at the corners is 0. */
public record Hardsigmoid() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> hardsigmoid(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("hardsigmoid", x);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(0, 1);
    }
}
