package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.softsign;

import java.util.List;

/** {@code x / (1 + |x|)}. */
public record Softsign() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> softsign(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.let(x + " / (" + ScriptScope.function("abs", x) + " + 1)");
    }

    @Override
    public Bounds bounds() {
        return new Bounds(-1, 1);
    }
}
