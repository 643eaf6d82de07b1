package dev.lockstep.losses;

/**
 * Binary cross entropy of probabilities: PyTorch's {@code BCELoss}. Prefer {@link BceWithLogits}, which is exact for
 * sure predictions as well.
 *
 * <pre>
 *   value = −w (t max(log p, −100) + (1 − t) max(log(1 − p), −100))
 *   gradient: w (p − t) / max(p(1 − p), 1e-12) by the input p, w (log(1 − p) − log p) by the target t
 * </pre>
 *
 * Source: the negative log-likelihood of a Bernoulli variable. Input and target have the same shape and are in [0, 1].
 * The mean divides by all elements, whatever their weights.
 *
 * @param weight w, of every element, broadcast to the input; null for all ones
 */
public record Bce(ElementWeights weight, Reduction reduction) implements ElementwiseLoss {
    private static final double LOG_FLOOR = -100;
    /** PyTorch's constant has single precision. */
    private static final double SLOPE_FLOOR = 1e-12f;

    public Bce {
        LossSettings.requireMeanOrSum(reduction);
    }

    public Bce() {
        this(null, Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.FRACTIONS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.PROBABILITIES;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Inputs.requireSameShape(inputs[0], inputs[1]);
        Inputs.requireFractions("input", inputs[0]);
        Inputs.requireFractions("target", inputs[1]);
        Logarithms yes = new Logarithms(Block.SIZE);
        Logarithms no = new Logarithms(Block.SIZE);
        return Elements.of(block -> compute(block, yes, no), inputs)
                .weighted(ElementWeights.over(inputs[0], weight, "weight"));
    }

    private static void compute(Block block, Logarithms yes, Logarithms no) {
        double[] p = block.input(0);
        double[] t = block.input(1);
        double[] dp = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            dp[i] = 1 - p[i];
        }
        yes.compute(p, block.count());
        no.compute(dp, block.count());
        for (int i = 0; i < block.count(); i++) {
            dp[i] = (p[i] - t[i]) / Math.max(p[i] * dp[i], SLOPE_FLOOR);
        }
        for (int i = 0; i < block.count(); i++) {
            double logP = Math.max(yes.logs[i], LOG_FLOOR);
            double logQ = Math.max(no.logs[i], LOG_FLOOR);
            block.values()[i] = -(t[i] * logP + (1 - t[i]) * logQ);
        }
        for (int i = 0; i < block.count(); i++) {
            dt[i] = no.logs[i] - yes.logs[i];
        }
    }
}
