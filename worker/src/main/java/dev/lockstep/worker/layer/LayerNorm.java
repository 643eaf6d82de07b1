package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.layer_norm;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Layer normalisation of Ba et al. (2016), as {@code torch.nn.LayerNorm}.
 *
 * <pre>
 *   y = (x − mean) / √(var + ε) · γ + β        mean and var over the last dimensions of each example
 * </pre>
 *
 * @param normalizedShape the extents of those dimensions; null for the last one alone, which torch.nn wants spelled out
 */
public record LayerNorm(List<Integer> normalizedShape, double eps, boolean elementwiseAffine, boolean bias)
        implements Layer {
    public LayerNorm {
        NumberChecks.requireAtLeastZero("eps", eps);
        normalizedShape = normalizedShape == null ? null : List.copyOf(normalizedShape);
        if (normalizedShape != null && normalizedShape.isEmpty()) {
            throw new IllegalArgumentException(
                    "normalized_shape must not be empty: normalized_shape=" + normalizedShape);
        }
    }

    public LayerNorm() {
        this(null, 1e-5, true, true);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.isEmpty()) {
            throw scope.refuse(input, "[..., features]");
        }

        int rank = input.size();
        List<Integer> over = normalizedShape == null ? input.subList(rank - 1, rank) : normalizedShape;
        if (over.size() > rank || !input.subList(rank - over.size(), rank).equals(over)) {
            throw scope.refuse(input, "last extents as in normalized_shape: normalized_shape=" + over);
        }

        Affine scale = Affine.declare(elementwiseAffine, elementwiseAffine && bias, over, scope);
        long[] extents = over.stream().mapToLong(Integer::longValue).toArray();
        return new Unit(
                input,
                (x, pass) ->
                        layer_norm(x, extents, scale.weight(pass), scale.bias(pass), eps, /* cudnn_enable */ true));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call(
                "layer_norm",
                x,
                normalizedShape == null ? List.of(input.get(input.size() - 1)) : normalizedShape,
                script.optional(elementwiseAffine, "weight"),
                script.optional(elementwiseAffine && bias, "bias"),
                eps);
    }
}
