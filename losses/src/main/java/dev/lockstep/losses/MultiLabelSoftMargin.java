package dev.lockstep.losses;

import java.util.List;

/**
 * Binary cross entropy of a sigmoid, averaged over the classes of each example: PyTorch's
 * {@code MultiLabelSoftMarginLoss}.
 *
 * <pre>
 *   value = 1/C Σ_c w_c ((1 − t_c) softplus(x_c) + t_c softplus(−x_c))
 *   gradient: w_c/C (σ(x_c) − t_c) by x_c, −w_c/C x_c by t_c
 * </pre>
 *
 * with softplus(x) = max(x, 0) + log(1 + exp(−|x|)). Shapes: input and target [C] or [N, …, C], targets in [0, 1]; the
 * mean divides by the number of rows.
 *
 * @param weight w, one per class; null for all ones
 */
public record MultiLabelSoftMargin(List<Double> weight, Reduction reduction) implements Loss {
    public MultiLabelSoftMargin {
        weight = LossSettings.weights("weight", weight);
        LossSettings.requireMeanOrSum(reduction);
    }

    public MultiLabelSoftMargin() {
        this(null, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.FRACTIONS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.LOGITS;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Inputs.requireSameShape(inputs[0], inputs[1]);
        Inputs.requireFractions("target", inputs[1]);
        Tensor values = Tensor.zeros(Inputs.rowsShape(inputs[0]));
        double[] u = Inputs.upstream(upstream, values);
        int classes = inputs[0].extent(inputs[0].rank() - 1);
        double[] w = LossSettings.classWeights(weight, classes);

        Logistic logistic = new Logistic(classes);
        double[] x = new double[classes];
        double[] t = new double[classes];
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(inputs[0].data(), i * classes, x, 0, classes);
            System.arraycopy(inputs[1].data(), i * classes, t, 0, classes);
            values.data()[i] = toSlopes(x, t, w, logistic) / classes;
            Inputs.write(x, u[i] / classes, gradients[0], i * classes);
            Inputs.write(t, u[i] / classes, gradients[1], i * classes);
        }

        return values;
    }

    /** The sum over the classes; scores and targets turn into its derivatives by them. */
    private static double toSlopes(double[] x, double[] t, double[] w, Logistic logistic) {
        double[] losses = logistic.log;
        logistic.compute(x, x.length);
        for (int c = 0; c < x.length; c++) {
            losses[c] = w[c] * (losses[c] + (1 - t[c]) * Math.max(x[c], 0) + t[c] * Math.max(-x[c], 0));
        }
        for (int c = 0; c < x.length; c++) {
            double score = x[c];
            x[c] = w[c] * (logistic.sigmoid[c] - t[c]);
            t[c] = -w[c] * score;
        }

        return Sum.of(losses, losses.length);
    }
}
