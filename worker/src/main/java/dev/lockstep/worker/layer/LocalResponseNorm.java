package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.local_response_norm;

import dev.lockstep.losses.NumberChecks;
import java.util.List;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.Tensor;

/**
 * Local response normalisation of Krizhevsky et al. (2012), as {@code torch.nn.LocalResponseNorm}.
 *
 * <pre>
 *   y[c] = x[c] / (k + α / size · Σ of x[c']² over the size channels around c) ^ β
 * </pre>
 *
 * Channels outside the input count as 0; of an even {@code size} one more lies before c than behind it.
 */
public record LocalResponseNorm(int size, double alpha, double beta, double k) implements Layer {
    public LocalResponseNorm {
        NumberChecks.requirePositive("size", size);
        NumberChecks.requireFinite("alpha", alpha);
        NumberChecks.requireFinite("beta", beta);
        NumberChecks.requireFinite("k", k);
    }

    public LocalResponseNorm(int size) {
        this(size, 1e-4, 0.75, 1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() < 2) {
            throw scope.refuse(input, "[channels, length, ...]");
        }

        return new Unit(input, (x, pass) -> forward(x));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        // The mean of the squares over neighbouring channels is a pooling's, with the channels for an image's height.
        String squares = script.call("unsqueeze", ScriptScope.function("flatten", x + " * " + x, 2), 1);
        String padded = script.call("pad", squares, List.of(0, 0, size / 2, (size - 1) / 2));
        String means = script.call("avg_pool2d", padded, List.of(size, 1), List.of(1, 1));
        String alike = ScriptScope.function("reshape", means, x + ".size()");
        String base = alike + " * " + alpha + " + " + k;
        return script.let(x + " / " + ScriptScope.function("pow", base, beta));
    }

    private Tensor forward(Tensor x) {
        LocalResponseNormOptions options = new LocalResponseNormOptions(size);
        options.alpha().put(alpha);
        options.beta().put(beta);
        options.k().put(k);
        return local_response_norm(x.contiguous(), options);
    }
}
