package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.instance_norm;

import dev.lockstep.losses.NumberChecks;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Instance normalisation of Ulyanov et al. (2016), as {@code torch.nn.InstanceNorm1d} or {@code InstanceNorm2d},
 * whichever the input asks for.
 *
 * <pre>
 *   y = (x − mean) / √(var + ε) · γ + β        mean and var per example and channel
 * </pre>
 *
 * @param momentum how far the running statistics go towards a batch's; null, as in PyTorch, for not at all
 * @param affine whether γ and β are learned; not so by default
 * @param trackRunningStats whether evaluation uses running statistics instead of the example's own
 */
public record InstanceNorm(double eps, Double momentum, boolean affine, boolean trackRunningStats) implements Layer {
    public InstanceNorm {
        NumberChecks.requireAtLeastZero("eps", eps);
    }

    public InstanceNorm() {
        this(1e-5, 0.1, false, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 2 && input.size() != 3) {
            throw scope.refuse(input, "[channels, length] or [channels, height, width]");
        }
        if (input.stream().skip(1).allMatch(extent -> extent == 1)) {
            throw scope.refuse(input, "more than one value per channel");
        }

        Affine scale = Affine.declare(affine, List.of(input.get(0)), scope);
        Running running = trackRunningStats ? Running.declare(input.get(0), scope) : null;
        return new Unit(input, (x, pass) -> forward(x, pass, scale, running));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call(
                "instance_norm",
                x,
                script.optional(affine, "weight"),
                script.optional(affine, "bias"),
                script.optional(trackRunningStats, "running_mean"),
                script.optional(trackRunningStats, "running_var"),
                trackRunningStats ? ScriptScope.TRAINING : "True",
                momentum == null ? "0.0" : momentum.toString(),
                eps,
                /* cudnn_enabled */ true);
    }

    private Tensor forward(Tensor x, Pass pass, Affine scale, Running running) {
        return instance_norm(
                x,
                scale.weight(pass),
                scale.bias(pass),
                Running.mean(running, pass),
                Running.variance(running, pass),
                Running.follows(running, pass),
                momentum == null ? 0 : momentum,
                eps,
                /* cudnn_enabled */ true);
    }
}
