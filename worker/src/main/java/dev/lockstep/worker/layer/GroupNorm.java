package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.group_norm;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Group normalisation of Wu and He (2018), as {@code torch.nn.GroupNorm}.
 *
 * <pre>
 *   y = (x − mean) / √(var + ε) · γ + β        mean and var per example and group of channels; γ, β per channel
 * </pre>
 *
 * @param numGroups divides the number of channels
 */
public record GroupNorm(int numGroups, double eps, boolean affine) implements Layer {
    public GroupNorm {
        NumberChecks.requirePositive("num_groups", numGroups);
        NumberChecks.requireAtLeastZero("eps", eps);
    }

    public GroupNorm(int numGroups) {
        this(numGroups, 1e-5, true);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.isEmpty() || input.get(0) % numGroups != 0) {
            throw scope.refuse(input, "[channels divisible by num_groups, ...]: num_groups=" + numGroups);
        }

        Affine scale = Affine.declare(affine, List.of(input.get(0)), scope);
        return new Unit(
                input,
                (x, pass) ->
                        group_norm(x, numGroups, scale.weight(pass), scale.bias(pass), eps, /* cudnn_enabled */ true));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call(
                "group_norm", x, numGroups, script.optional(affine, "weight"), script.optional(affine, "bias"), eps);
    }
}
