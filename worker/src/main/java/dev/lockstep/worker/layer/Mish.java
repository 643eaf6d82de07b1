package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.mish;

import java.util.List;

/** {@code x tanh(ln(1 + eˣ))}, of Misra (2019). */
public record Mish() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> mish(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("mish", x);
    }
}
