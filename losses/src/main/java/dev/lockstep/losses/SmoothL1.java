package dev.lockstep.losses;

/**
 * Squared close to the target, absolute further away, joined smoothly: PyTorch's {@code SmoothL1Loss}, which is Huber's
 * loss divided by its threshold.
 *
 * <pre>
 *   r = input − target
 *   c = r clipped to [−β, β]
 *   value = c(r − c/2)/β        which is r²/(2β) inside and |r| − β/2 outside
 *   gradient: c/β by the input, −c/β by the target
 * </pre>
 *
 * Source: Girshick, Fast R-CNN (2015). Input and target may have any shapes that
 * broadcast; the mean divides by all elements.
 *
 * @param beta β, distance from the target at which the loss turns linear, finite and not below 0; 0 is {@link L1}
 */
public record SmoothL1(double beta, Reduction reduction) implements ElementwiseLoss {
    public SmoothL1 {
        NumberChecks.requireAtLeastZero("beta", beta);
        LossSettings.requireMeanOrSum(reduction);
    }

    public SmoothL1() {
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
        return Elements.of(beta == 0 ? L1::compute : this::compute, inputs);
    }

    private void compute(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            double residual = x[i] - t[i];
            double clipped = Math.max(-beta, Math.min(beta, residual));
            double slope = clipped / beta;
            block.values()[i] = slope * (residual - 0.5 * clipped);
            dx[i] = slope;
            dt[i] = -slope;
        }
    }
}
