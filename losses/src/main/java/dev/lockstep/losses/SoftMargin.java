package dev.lockstep.losses;

/**
 * Logistic loss of scores whose sign is right or wrong: PyTorch's {@code SoftMarginLoss}.
 *
 * <pre>
 *   z = −target · input
 *   value = log(1 + exp(z)) = max(z, 0) + log(1 + exp(−|z|))
 *   gradient: −target · σ(z) by the input
 * </pre>
 *
 * Targets are 1 or −1. The second form is exact for any score, where PyTorch's, the first, is infinite above about 709
 * and has gradient NaN there. Input and target may have any shapes that broadcast; the mean divides by all elements.
 */
public record SoftMargin(Reduction reduction) implements ElementwiseLoss {
    public SoftMargin {
        LossSettings.requireMeanOrSum(reduction);
    }

    public SoftMargin() {
        this(Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.SIGNS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.LOGITS;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Inputs.requireSigns(inputs[1], gradients[1]);
        Logistic logistic = new Logistic(Block.SIZE);
        return Elements.of(block -> compute(block, logistic), inputs);
    }

    private static void compute(Block block, Logistic logistic) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        for (int i = 0; i < block.count(); i++) {
            dx[i] = -t[i] * x[i];
        }
        logistic.compute(dx, block.count());
        for (int i = 0; i < block.count(); i++) {
            block.values()[i] = Math.max(dx[i], 0) + logistic.log[i];
            dx[i] = -t[i] * logistic.sigmoid[i];
        }
    }
}
