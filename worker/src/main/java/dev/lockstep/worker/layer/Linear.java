package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.LayerDefaults;
import java.util.ArrayList;
import java.util.List;

/**
 * A weighted sum per output, as {@code torch.nn.Linear}; acts on the last dimension.
 *
 * <pre>
 *   y = x Wᵀ + b        W [out, in], b [out]
 * </pre>
 */
public record Linear(int out, boolean bias) implements Layer {
    public Linear {
        NumberChecks.requirePositive("out", out);
    }

    public Linear(int out) {
        this(out, true);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.isEmpty()) {
            throw scope.refuse(input, "[..., features]");
        }

        int in = input.get(input.size() - 1);
        int w = scope.parameter("weight", List.of(out, in), LayerDefaults.weight());
        int b = bias ? scope.parameter("bias", List.of(out), LayerDefaults.bias(in)) : Scope.NONE;
        List<Integer> output = new ArrayList<>(input);
        output.set(input.size() - 1, out);
        return new Unit(output, (x, pass) -> pass.weightedSum(x, w, b));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("linear", x, script.tensor("weight"), script.optional(bias, "bias"));
    }
}
