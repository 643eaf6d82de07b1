package dev.lockstep.losses;

/**
 * Mean squared error, for regression: PyTorch's {@code MSELoss}.
 *
 * <pre>
 *   r = input − target
 *   value = r²        gradient: 2r by the input, −2r by the target
 * </pre>
 *
 * Source: least squares, Legendre (1805). Input and target may have any shapes that broadcast; the mean divides by all
 * elements.
 */
public record Mse(Reduction reduction) implements ElementwiseLoss {
    public Mse {
        LossSettings.requireMeanOrSum(reduction);
    }

    public Mse() {
        this(Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.NUMBERS;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        return Elements.of(Mse::compute, inputs);
    }

    private static void compute(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            double residual = x[i] - t[i];
            block.values()[i] = residual * residual;
            dx[i] = 2 * residual;
            dt[i] = -2 * residual;
        }
    }
}
