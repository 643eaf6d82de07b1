package dev.lockstep.losses;

/**
 * Mean absolute error, for regression that bears outliers: PyTorch's {@code L1Loss}.
 *
 * <pre>
 *   r = input − target
 *   value = |r|        gradient: sign(r) by the input, −sign(r) by the target; 0 where r is 0
 * </pre>
 *
 * Source: least absolute deviations, Boscovich (1757). Input and target may have any shapes that broadcast; the mean
 * divides by all elements. As in PyTorch the gradient at NaN is 0; the value is NaN.
 */
public record L1(Reduction reduction) implements ElementwiseLoss {
    public L1 {
        LossSettings.requireMeanOrSum(reduction);
    }

    public L1() {
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
        return Elements.of(L1::compute, inputs);
    }

    static void compute(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            double residual = x[i] - t[i];
            double sign = (residual > 0 ? 1 : 0) - (residual < 0 ? 1 : 0);
            block.values()[i] = Math.abs(residual);
            dx[i] = sign;
            dt[i] = -sign;
        }
    }
}
