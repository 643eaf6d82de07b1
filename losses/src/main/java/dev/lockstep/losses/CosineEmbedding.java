package dev.lockstep.losses;

import java.util.List;

/**
 * Turns alike vectors in one direction and unlike ones apart: PyTorch's {@code CosineEmbeddingLoss}.
 *
 * <pre>
 *   cos = a·b / √((a·a + ε)(b·b + ε)),  ε = 1e-12
 *   value = 1 − cos               where the target is 1
 *   value = max(0, cos − m)       where the target is −1; the gradient is that of cos − m where that is not below 0
 *   d cos / da = b / √(…) − cos a / (a·a + ε), and likewise by b
 * </pre>
 *
 * Shapes: input1 and input2 [N, D] with target [N], or [D] with []; the mean divides by N.
 *
 * @param margin m, in [−1, 1]
 */
public record CosineEmbedding(double margin, Reduction reduction) implements Loss {
    /** PyTorch's constant has single precision. */
    private static final double EPSILON = 1e-12f;

    public CosineEmbedding {
        NumberChecks.requireInside("margin", margin, -1, 1);
        LossSettings.requireMeanOrSum(reduction);
    }

    public CosineEmbedding() {
        this(0, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.PREDICTION, Role.TARGET);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.SIGNS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.EMBEDDINGS;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Inputs.requireRank("input1", inputs[0], 1, 2);
        Inputs.requireShape("input2", inputs[1], inputs[0].shape());
        Inputs.requireShape("target", inputs[2], Inputs.rowsShape(inputs[0]));
        Inputs.requireSigns(inputs[2], gradients[2]);
        Tensor values = Tensor.zeros(inputs[2].shape());
        double[] u = Inputs.upstream(upstream, values);
        int extent = inputs[0].extent(inputs[0].rank() - 1);

        double[] a = new double[extent];
        double[] b = new double[extent];
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(inputs[0].data(), i * extent, a, 0, extent);
            System.arraycopy(inputs[1].data(), i * extent, b, 0, extent);
            boolean alike = inputs[2].data()[i] == 1;
            double cos = toSlopes(a, b);
            values.data()[i] = alike ? 1 - cos : Math.max(cos - margin, 0);
            double scale = alike ? -u[i] : cos - margin >= 0 ? u[i] : 0;
            Inputs.write(a, scale, gradients[0], i * extent);
            Inputs.write(b, scale, gradients[1], i * extent);
        }

        return values;
    }

    /** The cosine; the vectors turn into its derivatives by them. */
    private static double toSlopes(double[] a, double[] b) {
        double ab = 0;
        double aa = EPSILON;
        double bb = EPSILON;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        double norms = Math.sqrt(aa * bb);
        double cos = ab / norms;
        for (int i = 0; i < a.length; i++) {
            double da = b[i] / norms - cos * a[i] / aa;
            b[i] = a[i] / norms - cos * b[i] / bb;
            a[i] = da;
        }

        return cos;
    }

    /** One for each example. */
    @Override
    public Tensor target(double[] values, int... predictions) {
        return TargetShapes.perRow(values, predictions);
    }
}
