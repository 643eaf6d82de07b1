package dev.lockstep.losses;

import java.util.List;

/**
 * Asks that an anchor be closer to a positive example than to a negative one by a margin: PyTorch's
 * {@code TripletMarginLoss}.
 *
 * <pre>
 *   d(a, b) = ‖a − b + ε‖ₚ
 *   far = d(anchor, negative)                     or with swap min(d(anchor, negative), d(positive, negative))
 *   value = max(0, m + d(anchor, positive) − far)
 * </pre>
 *
 * Source: Balntas et al. (2016), who also propose the swap. Where the value would be exactly 0 the gradient still
 * passes; equal distances under swap share it. Shapes: all three [D] or [N, …, D]; the mean divides by the number of
 * rows.
 *
 * @param margin m, finite and not below 0
 * @param p of the norm, above 0; infinity is the maximum norm
 * @param eps ε, added to every difference
 * @param swap whether the distance from positive to negative counts as well
 */
public record TripletMargin(double margin, double p, double eps, boolean swap, Reduction reduction) implements Loss {
    public TripletMargin {
        NumberChecks.requireAtLeastZero("margin", margin);
        if (!(p > 0)) {
            throw new IllegalArgumentException("p must be above 0: p=" + p);
        }
        NumberChecks.requireAtLeastZero("eps", eps);
        LossSettings.requireMeanOrSum(reduction);
    }

    public TripletMargin() {
        this(1, 2, 1e-6, false, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.PREDICTION, Role.PREDICTION);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.EMBEDDINGS;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Tensor values = Tensor.zeros(Inputs.rowsShape(inputs[0]));
        Inputs.requireShape("positive", inputs[1], inputs[0].shape());
        Inputs.requireShape("negative", inputs[2], inputs[0].shape());
        double[] u = Inputs.upstream(upstream, values);
        Inputs.clear(gradients);

        Triplet triplet = new Triplet(this, inputs, gradients);
        for (int i = 0; i < values.size(); i++) {
            values.data()[i] = triplet.value(i, u[i]);
        }

        return values;
    }
}
