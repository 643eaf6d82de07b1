package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.log_sigmoid;

import java.util.List;

/** {@code ln σ(x)}, computed so that it does not overflow. */
public record LogSigmoid() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> log_sigmoid(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("log_sigmoid", x);
    }
}
