package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Cross entropy of a softmax, for classification: PyTorch's {@code CrossEntropyLoss}.
 *
 * <pre>
 *   l = log softmax(input), over the classes c = 1 … C
 *   q_c = w_c ((1 − ε) t_c + ε/C)          t: class probabilities
 *   q_c = (1 − ε) w_k 1[c = k] + ε/C w_c   k: class index
 *   value = −Σ q_c l_c
 *   gradient: (Σ q) softmax(input)_c − q_c by the input, −(1 − ε) w_c l_c by the probabilities
 * </pre>
 *
 * Label smoothing ε as in Szegedy et al. (2016). Shapes: input [C], [N, C] or [N, C, d1, …]; the target is either
 * indices without the dimension of classes, or probabilities of the input's shape, which need not sum to 1. The mean
 * divides by the sum of w_k over the positions that are not ignored, for probabilities by the number of positions. A
 * probability of 0 of a class that is impossible counts 0, where PyTorch gives NaN.
 *
 * @param weight w, one per class; null for all ones
 * @param ignoreIndex positions with this class index count 0; with probabilities it must be negative, which is no class
 * @param labelSmoothing ε, in [0, 1]
 */
public record CrossEntropy(List<Double> weight, int ignoreIndex, double labelSmoothing, Reduction reduction)
        implements Loss {
    public CrossEntropy {
        weight = LossSettings.weights("weight", weight);
        NumberChecks.requireInside("labelSmoothing", labelSmoothing, 0, 1);
        LossSettings.requireMeanOrSum(reduction);
    }

    public CrossEntropy() {
        this(null, -100, 0, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public Loss weighted(List<Double> classes) {
        LossSettings.requireNoWeights("weight", weight);
        return new CrossEntropy(classes, ignoreIndex, labelSmoothing, reduction);
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
        return PredictionKind.CLASS_LOGITS;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        LossSum total = LossSum.of(values(inputs, null, gradients));
        return inputs[1].holdsIndices() ? new LossSum(total.sum(), weightOfTargets(inputs)) : total;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        LossSum total = Loss.super.evaluate(inputs, weights, gradients);
        if (!inputs[1].holdsIndices()) {
            return total;
        }

        ClassAxis axis = ClassAxis.of(inputs[0]);
        double[] w = LossSettings.classWeights(weight, axis.classes());
        return new LossSum(total.sum(), axis.weightOf(inputs[1], ignoreIndex, w, new ExampleWeights(weights)));
    }

    private double weightOfTargets(Tensor[] inputs) {
        ClassAxis axis = ClassAxis.of(inputs[0]);
        return axis.weightOf(inputs[1], ignoreIndex, LossSettings.classWeights(weight, axis.classes()));
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        ClassAxis axis = ClassAxis.of(inputs[0]);
        requireTarget(axis, inputs[0], inputs[1]);
        double[] w = LossSettings.classWeights(weight, axis.classes());
        Tensor values = Tensor.zeros(ClassAxis.positionShape(inputs[0]));
        double[] u = Inputs.upstream(upstream, values);
        Inputs.clear(gradients);

        SoftmaxRow row = new SoftmaxRow(axis.classes());
        double[] q = new double[axis.classes()];
        for (int i = 0; i < axis.positions(); i++) {
            if (inputs[1].holdsIndices() && inputs[1].data()[i] == ignoreIndex) {
                continue;
            }
            axis.read(inputs[0].data(), i, row.logs);
            row.normalise();
            mix(axis, inputs[1], i, w, q);
            values.data()[i] = value(q, row.logs);
            if (gradients[0] != null) {
                toInputSlope(q, row.probabilities, u[i]);
                axis.write(row.probabilities, gradients[0].data(), i);
            }
            if (gradients[1] != null) {
                toTargetSlope(w, row.logs, u[i]);
                axis.write(row.logs, gradients[1].data(), i);
            }
        }

        return values;
    }

    private void requireTarget(ClassAxis axis, Tensor input, Tensor target) {
        if (target.holdsIndices()) {
            axis.requireClassIndices(input, target, ignoreIndex);
            return;
        }
        if (!target.sameShape(input)) {
            throw new IllegalArgumentException(
                    "Target must be indices, made by Tensor.ofIndices, or probabilities of the"
                            + " input's shape: input=" + input + ", target=" + target);
        }
        if (ignoreIndex >= 0) {
            throw new IllegalArgumentException(
                    "ignoreIndex needs class indices as target, not probabilities: ignoreIndex=" + ignoreIndex
                            + ", target=" + target);
        }
    }

    /** Writes q, the weight of each class's negative log-probability at one position. */
    private void mix(ClassAxis axis, Tensor target, int position, double[] w, double[] q) {
        if (target.holdsIndices()) {
            Arrays.fill(q, 0);
            q[(int) target.data()[position]] = 1;
        } else {
            axis.read(target.data(), position, q);
        }

        double share = labelSmoothing / q.length;
        for (int c = 0; c < q.length; c++) {
            q[c] = w[c] * ((1 - labelSmoothing) * q[c] + share);
        }
    }

    private static double value(double[] q, double[] logs) {
        double sum = 0;
        for (int c = 0; c < q.length; c++) {
            // A class that is impossible and not wanted would give 0 · ∞.
            sum += q[c] == 0 ? 0 : q[c] * logs[c];
        }

        return -sum;
    }

    private static void toInputSlope(double[] q, double[] probabilities, double upstream) {
        double sum = Sum.of(q, q.length);
        for (int c = 0; c < q.length; c++) {
            probabilities[c] = upstream * (sum * probabilities[c] - q[c]);
        }
    }

    private void toTargetSlope(double[] w, double[] logs, double upstream) {
        for (int c = 0; c < w.length; c++) {
            logs[c] *= -upstream * (1 - labelSmoothing) * w[c];
        }
    }

    @Override
    public Tensor target(double[] values, int... predictions) {
        return TargetShapes.holdsProbabilities(values, predictions)
                ? TargetShapes.likePredictions(values, predictions)
                : TargetShapes.classIndices(values, predictions);
    }
}
