package dev.lockstep.losses;

import java.util.List;

/**
 * Asks that the scores of all labels of an example exceed all others by 1: PyTorch's {@code MultiLabelMarginLoss}.
 *
 * <pre>
 *   z_jk = max(0, 1 − x_k + x_j)      k: a label, j: a class that is no label
 *   value = 1/C Σ_k Σ_j z_jk
 *   gradient where z_jk is above 0: 1/C by x_j, −1/C by x_k
 * </pre>
 *
 * Shapes: input [C] or [N, C]; the target has the same shape and holds the labels, ended by −1; what follows counts
 * nothing. The mean divides by N.
 */
public record MultiLabelMargin(Reduction reduction) implements Loss {
    public MultiLabelMargin {
        LossSettings.requireMeanOrSum(reduction);
    }

    public MultiLabelMargin() {
        this(Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.SCORES;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Inputs.requireRank("input", inputs[0], 1, 2);
        ClassAxis axis = ClassAxis.of(inputs[0]);
        requireLabels(inputs[0], inputs[1], axis.classes());
        Tensor values = Tensor.zeros(ClassAxis.positionShape(inputs[0]));
        double[] u = Inputs.upstream(upstream, values);

        LabelRow row = new LabelRow(axis.classes());
        for (int i = 0; i < axis.positions(); i++) {
            row.read(inputs[0].data(), inputs[1].data(), axis.offset(i));
            values.data()[i] = row.excess() / axis.classes();
            if (gradients[0] != null) {
                row.writeSlopes(u[i] / axis.classes(), gradients[0].data(), axis.offset(i));
            }
        }

        return values;
    }

    private static void requireLabels(Tensor input, Tensor target, int classes) {
        Inputs.requireIndices("target", target);
        Inputs.requireSameShape(input, target);
        for (int i = 0; i < target.size(); i++) {
            double label = target.data()[i];
            if (!(label >= -1 && label < classes)) {
                throw new IllegalArgumentException("Label must be -1 or a class: target=" + (int) label + ", classes="
                        + classes + ", position=" + target.position(i));
            }
        }
    }

    @Override
    public Tensor target(double[] values, int... predictions) {
        return Tensor.ofIndices(
                values, TargetShapes.likePredictions(values, predictions).shape());
    }
}
