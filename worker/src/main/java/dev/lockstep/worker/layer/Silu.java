package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.silu;

import java.util.List;

/** {@code x σ(x)}, also called swish. */
public record Silu() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> silu(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("silu", x);
    }
}
