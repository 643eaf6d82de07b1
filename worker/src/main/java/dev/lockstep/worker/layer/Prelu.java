package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.prelu;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.Constant;
import java.util.List;

/**
 * Leaky relu with a learned slope, of He et al. (2015), as {@code torch.nn.PReLU}.
 *
 * <pre>
 *   y = x if x > 0, a · x else        a [parameters]
 * </pre>
 *
 * @param numParameters 1, or the number of channels (the first dimension of an example) for a slope each
 * @param init what the slopes begin with
 */
public record Prelu(int numParameters, double init) implements Layer {
    public Prelu {
        NumberChecks.requirePositive("num_parameters", numParameters);
        NumberChecks.requireFinite("init", init);
    }

    public Prelu() {
        this(1, 0.25);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (numParameters != 1 && (input.isEmpty() || input.get(0) != numParameters)) {
            throw scope.refuse(input, "[" + numParameters + ", ...], as num_parameters says");
        }

        int a = scope.parameter("weight", List.of(numParameters), new Constant(init));
        return new Unit(input, (x, pass) -> prelu(x, pass.parameter(a)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("prelu", x, script.tensor("weight"));
    }
}
