package dev.lockstep.losses;

import java.util.List;

/**
 * Asks that the right class's score exceed every other by a margin: PyTorch's {@code MultiMarginLoss}.
 *
 * <pre>
 *   z_j = max(0, m − x_k + x_j)      k: class index, j ≠ k
 *   value = w_k/C Σ_j z_jᵖ
 *   gradient where z_j is above 0: w_k/C p z_jᵖ⁻¹ by x_j, and minus their sum by x_k
 * </pre>
 *
 * Source: Crammer and Singer (2001). Shapes: input [C] or [N, C], target [] or [N]; the mean divides by N. The weight
 * is outside the power, as PyTorch computes it and not as its page says.
 *
 * @param p 1 or 2
 * @param margin m, finite and not below 0
 * @param weight w, one per class; null for all ones
 */
public record MultiMargin(int p, double margin, List<Double> weight, Reduction reduction) implements Loss {
    public MultiMargin {
        if (p != 1 && p != 2) {
            throw new IllegalArgumentException("p must be 1 or 2: p=" + p);
        }
        NumberChecks.requireAtLeastZero("margin", margin);
        weight = LossSettings.weights("weight", weight);
        LossSettings.requireMeanOrSum(reduction);
    }

    public MultiMargin() {
        this(1, 1, null, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public Loss weighted(List<Double> classes) {
        LossSettings.requireNoWeights("weight", weight);
        return new MultiMargin(p, margin, classes, reduction);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.CLASSES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.CLASS_SCORES;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Inputs.requireRank("input", inputs[0], 1, 2);
        ClassAxis axis = ClassAxis.of(inputs[0]);
        axis.requireClassIndices(inputs[0], inputs[1]);
        double[] w = LossSettings.classWeights(weight, axis.classes());
        Tensor values = Tensor.zeros(inputs[1].shape());
        double[] u = Inputs.upstream(upstream, values);

        double[] row = new double[axis.classes()];
        for (int i = 0; i < axis.positions(); i++) {
            axis.read(inputs[0].data(), i, row);
            int k = (int) inputs[1].data()[i];
            double scale = w[k] / axis.classes();
            values.data()[i] = scale * excess(row, k);
            if (gradients[0] != null) {
                toSlopes(row, k, scale * u[i]);
                axis.write(row, gradients[0].data(), i);
            }
        }

        return values;
    }

    /** Turns scores into z and adds up its powers; z of the right class is 0. */
    private double excess(double[] row, int k) {
        double base = margin - row[k];
        row[k] = 0;
        return excess(row, base, 0, k) + excess(row, base, k + 1, row.length);
    }

    private double excess(double[] row, double base, int from, int to) {
        double sum = 0;
        for (int j = from; j < to; j++) {
            // max passes NaN through, so a bad score shows in the sum.
            double z = Math.max(base + row[j], 0);
            row[j] = z;
            sum += p == 1 ? z : z * z;
        }

        return sum;
    }

    private void toSlopes(double[] row, int k, double scale) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            double slope = p == 1 ? Math.signum(row[j]) : 2 * row[j];
            row[j] = scale * slope;
            sum += slope;
        }
        row[k] = -scale * sum;
    }

    @Override
    public Tensor target(double[] values, int... predictions) {
        return TargetShapes.classIndices(values, predictions);
    }
}
