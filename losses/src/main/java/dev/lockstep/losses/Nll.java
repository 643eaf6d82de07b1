package dev.lockstep.losses;

import java.util.List;
import java.util.OptionalInt;

/**
 * Negative log-likelihood of the right class: PyTorch's {@code NLLLoss}. After a log-softmax it is
 * {@link CrossEntropy}.
 *
 * <pre>
 *   value = −w_k x_k        k: class index      gradient: −w_k by x_k, 0 by the others
 * </pre>
 *
 * Shapes: input [C], [N, C] or [N, C, d1, …], log-probabilities; the target has no dimension of classes. The mean
 * divides by the sum of w_k over the positions that are not ignored.
 *
 * @param weight w, one per class; null for all ones
 * @param ignoreIndex positions with this class index count 0
 */
public record Nll(List<Double> weight, int ignoreIndex, Reduction reduction) implements Loss {
    public Nll {
        weight = LossSettings.weights("weight", weight);
        LossSettings.requireMeanOrSum(reduction);
    }

    public Nll() {
        this(null, -100, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public Loss weighted(List<Double> classes) {
        LossSettings.requireNoWeights("weight", weight);
        return new Nll(classes, ignoreIndex, reduction);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.CLASSES;
    }

    @Override
    public OptionalInt ignoredClass() {
        return OptionalInt.of(ignoreIndex);
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.CLASS_LOG_PROBABILITIES;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        double sum = LossSum.of(values(inputs, null, gradients)).sum();
        ClassAxis axis = ClassAxis.of(inputs[0]);
        return new LossSum(
                sum, axis.weightOf(inputs[1], ignoreIndex, LossSettings.classWeights(weight, axis.classes())));
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        double sum = Loss.super.evaluate(inputs, weights, gradients).sum();
        ClassAxis axis = ClassAxis.of(inputs[0]);
        double[] w = LossSettings.classWeights(weight, axis.classes());
        return new LossSum(sum, axis.weightOf(inputs[1], ignoreIndex, w, new ExampleWeights(weights)));
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        ClassAxis axis = ClassAxis.of(inputs[0]);
        axis.requireClassIndices(inputs[0], inputs[1], ignoreIndex);
        double[] w = LossSettings.classWeights(weight, axis.classes());
        Tensor values = Tensor.zeros(ClassAxis.positionShape(inputs[0]));
        double[] u = Inputs.upstream(upstream, values);
        Inputs.clear(gradients);

        for (int i = 0; i < axis.positions(); i++) {
            int k = (int) inputs[1].data()[i];
            if (k == ignoreIndex) {
                continue;
            }
            int at = axis.offset(i) + k * axis.stride();
            values.data()[i] = -w[k] * inputs[0].data()[at];
            if (gradients[0] != null) {
                gradients[0].data()[at] = -w[k] * u[i];
            }
        }

        return values;
    }

    @Override
    public Tensor target(double[] values, int... predictions) {
        return TargetShapes.classIndices(values, predictions);
    }
}
