package dev.lockstep.losses;

import java.util.List;

/**
 * Binary cross entropy of a sigmoid, averaged over the classes of each example: PyTorch's {@code MultiLabelSoftMarginLoss}.
 *
 * <pre>
 *   value = 1/C Σ_c w_c ((1 − t_c) softplus(x_c) + t_c softplus(−x_c))
 *   gradient: w_c/C (σ(x_c) − t_c) by x_c, −w_c/C x_c by t_c
 * </pre>
 *
 * with softplus(x) = max(x, 0) + log(1 + exp(−|x|)). Shapes: input and target [C] or [N, …, C], targets in [0, 1]; the mean divides
 * by the number of rows.
 *
 * @param weight w, one per class; null for all ones
 */
public record MultiLabelSoftMargin(List<Double> weight, Reduction reduction) implements Loss {
    public MultiLabelSoftMargin {
        weight = Settings.weights("weight", weight);
        Settings.requireMeanOrSum(reduction);
    }

    public MultiLabelSoftMargin() {
        this(null, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        return LossSum.of(values(inputs, null, gradients));
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Inputs.requireSameShape(inputs[0], inputs[1]);
        Inputs.requireFractions("target", inputs[1]);
        Tensor values = Tensor.zeros(Inputs.rowsShape(inputs[0]));
        double[] u = Inputs.upstream(upstream, values);
        int classes = inputs[0].extent(inputs[0].rank() - 1);
        double[] w = Settings.classWeights(weight, classes);

        double[] dx = new double[classes];
        double[] dt = new double[classes];
        for (int i = 0; i < values.size(); i++) {
            values.data()[i] = row(inputs, i * classes, w, dx, dt) / classes;
            Inputs.write(dx, u[i] / classes, gradients[0], i * classes);
            Inputs.write(dt, u[i] / classes, gradients[1], i * classes);
        }

        return values;
    }

    private static double row(Tensor[] inputs, int offset, double[] w, double[] dx, double[] dt) {
        double[] x = inputs[0].data();
        double[] t = inputs[1].data();
        double sum = 0;
        for (int c = 0; c < w.length; c++) {
            double score = x[offset + c];
            double target = t[offset + c];
            double e = Math.exp(-Math.abs(score));
            double large = 1 / (1 + e);
            double base = (1 - target) * Math.max(score, 0) + target * Math.max(-score, 0);
            sum += w[c] * (base + Logistic.log1p(e));
            dx[c] = w[c] * ((score > 0 ? large : e * large) - target);
            dt[c] = -w[c] * score;
        }

        return sum;
    }
}
