package dev.lockstep.losses;

/**
 * Squared close to the target, absolute further away: PyTorch's {@code HuberLoss}.
 *
 * <pre>
 *   r = input − target
 *   c = r clipped to [−δ, δ]
 *   value = c(r − c/2)        which is r²/2 inside and δ(|r| − δ/2) outside
 *   gradient: c by the input, −c by the target
 * </pre>
 *
 * Source: Huber (1964). Input and target may have any shapes that broadcast; the mean divides by all elements.
 *
 * @param delta δ, distance from the target at which the loss turns linear, finite and above 0
 */
public record Huber(double delta, Reduction reduction) implements ElementwiseLoss {
    public Huber {
        NumberChecks.requirePositive("delta", delta);
        LossSettings.requireMeanOrSum(reduction);
    }

    public Huber() {
        this(1, Reduction.MEAN);
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
        return Elements.of(this::compute, inputs);
    }

    private void compute(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            double residual = x[i] - t[i];
            // min and max pass NaN through, so a bad prediction shows in the sum.
            double clipped = Math.max(-delta, Math.min(delta, residual));
            block.values()[i] = clipped * (residual - 0.5 * clipped);
            dx[i] = clipped;
            dt[i] = -clipped;
        }
    }
}
