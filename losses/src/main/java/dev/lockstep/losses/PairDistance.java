package dev.lockstep.losses;

import java.util.List;

/**
 * A loss of a distance, put to the two vectors that the distance lies between: PyTorch's
 * {@code loss(pairwise_distance(a, b, p=1), t)}, which its page on {@code HingeEmbeddingLoss} names as the usual input.
 *
 * <pre>
 *   d = Σ |a_i − b_i|      over the last dimension
 *   value = loss(d, t)     gradient: ∂loss/∂d · sign(a − b) by a, the negative by b; sign(0) = 0
 * </pre>
 *
 * @param loss of one prediction, the distance, and a target for each
 */
public record PairDistance(Loss loss) implements Loss {
    public PairDistance {
        if (!loss.inputs().equals(List.of(Role.PREDICTION, Role.TARGET))) {
            throw new IllegalArgumentException(
                    "loss must take one prediction and a target: loss=" + loss + ", inputs=" + loss.inputs());
        }
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.PREDICTION, Role.TARGET);
    }

    @Override
    public TargetKind targetKind() {
        return loss.targetKind();
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.EMBEDDINGS;
    }

    @Override
    public Reduction reduction() {
        return loss.reduction();
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        Tensor[] inner = inner(inputs, gradients);
        Tensor[] slopes = {Tensor.zeros(inner[0].shape()), gradients[2]};
        LossSum sum = loss.evaluate(inner, slopes);
        pass(inputs, slopes[0], gradients);
        return sum;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        Tensor[] inner = inner(inputs, gradients);
        Tensor[] slopes = {Tensor.zeros(inner[0].shape()), gradients[2]};
        LossSum sum = loss.evaluate(inner, weights, slopes);
        pass(inputs, slopes[0], gradients);
        return sum;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Tensor[] inner = inner(inputs, gradients);
        Tensor[] slopes = {Tensor.zeros(inner[0].shape()), gradients[2]};
        Tensor values = loss.values(inner, upstream, slopes);
        pass(inputs, slopes[0], gradients);
        return values;
    }

    /** One for each row. */
    @Override
    public Tensor target(double[] values, int... predictions) {
        return TargetShapes.perRow(values, predictions);
    }

    private Tensor[] inner(Tensor[] inputs, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Tensor distances = Tensor.zeros(Inputs.rowsShape(inputs[0]));
        Inputs.requireShape("second input", inputs[1], inputs[0].shape());
        int extent = inputs[0].extent(inputs[0].rank() - 1);
        Distance distance = new Distance(1, 0, extent);
        for (int row = 0; row < distances.size(); row++) {
            distances.data()[row] = distance.between(inputs[0].data(), inputs[1].data(), row * extent);
        }

        return new Tensor[] {distances, inputs[2]};
    }

    private static void pass(Tensor[] inputs, Tensor slopes, Tensor[] gradients) {
        int extent = inputs[0].extent(inputs[0].rank() - 1);
        Distance distance = new Distance(1, 0, extent);
        for (int row = 0; row < slopes.size(); row++) {
            distance.between(inputs[0].data(), inputs[1].data(), row * extent);
            Inputs.write(distance.slopes(), slopes.data()[row], gradients[0], row * extent);
            Inputs.write(distance.slopes(), -slopes.data()[row], gradients[1], row * extent);
        }
    }
}
