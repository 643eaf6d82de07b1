package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.selu;

import java.util.List;

/**
 * Self-normalising elu of Klambauer et al. (2017).
 *
 * <pre>
 *   y = λ · (x if x > 0, α(eˣ − 1) else)        λ = 1.0507..., α = 1.6732...
 * </pre>
 */
public record Selu() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> selu(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("selu", x);
    }
}
