package dev.lockstep.losses;

import java.util.List;

/**
 * Binary cross entropy of a sigmoid, for classes that do not exclude one another: PyTorch's {@code BCEWithLogitsLoss}.
 *
 * <pre>
 *   value = w ((1 − t) softplus(x) + v t softplus(−x))
 *         = w ((1 − t) x + max(−x, 0) + log(1 + exp(−|x|)))                    without v
 *   gradient: w ((1 − t) σ(x) − v t σ(−x)) by the input x, w (v softplus(−x) − softplus(x)) by the target t
 * </pre>
 *
 * Source: the negative log-likelihood of a Bernoulli variable, with softplus(x) = max(x, 0) + log(1 + exp(−|x|)), which
 * neither overflows nor loses digits. Input and target have the same shape; targets are in [0, 1]. The mean divides by
 * all elements, whatever their weights. Infinite logits give NaN where PyTorch's formula does.
 *
 * @param weight w, of every element, broadcast to the input; null for all ones
 * @param posWeight v, of the positive side of every element, broadcast to the input; null for all ones
 */
public record BceWithLogits(ElementWeights weight, ElementWeights posWeight, Reduction reduction)
        implements ElementwiseLoss {
    private static final Tensor ONE = Tensor.of(new double[] {1});

    public BceWithLogits {
        LossSettings.requireMeanOrSum(reduction);
    }

    public BceWithLogits() {
        this(null, null, Reduction.MEAN);
    }

    /** @param classes of no, then of yes */
    @Override
    public Loss weighted(List<Double> classes) {
        LossSettings.requireNoWeights("weight", weight);
        LossSettings.requireNoWeights("posWeight", posWeight);
        if (classes.size() != 2) {
            throw new IllegalArgumentException("Classes must be no and yes: classes=" + classes.size());
        }
        return new BceWithLogits(
                new ElementWeights(List.of(classes.get(0))),
                new ElementWeights(List.of(classes.get(1) / classes.get(0))),
                reduction);
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
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Inputs.requireSameShape(inputs[0], inputs[1]);
        Inputs.requireFractions("target", inputs[1]);
        Logistic logistic = new Logistic(Block.SIZE);
        Tensor positive = posWeight == null ? ONE : ElementWeights.over(inputs[0], posWeight, "posWeight");
        return Elements.of(block -> compute(block, logistic), inputs[0], inputs[1], positive)
                .weighted(ElementWeights.over(inputs[0], weight, "weight"));
    }

    private static void compute(Block block, Logistic logistic) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] v = block.input(2);
        double[] dx = block.slope(0);
        double[] log = logistic.log;
        logistic.compute(x, block.count());
        for (int i = 0; i < block.count(); i++) {
            double negative = 1 - t[i];
            block.values()[i] = negative * x[i] + (negative + v[i] * t[i]) * (Math.max(-x[i], 0) + log[i]);
        }
        for (int i = 0; i < block.count(); i++) {
            dx[i] = (1 - t[i]) * logistic.sigmoid[i] - v[i] * t[i] * logistic.opposite[i];
        }
        if (block.wantsSlope(1)) {
            computeTargetSlope(block, log);
        }
    }

    private static void computeTargetSlope(Block block, double[] log) {
        double[] x = block.input(0);
        double[] v = block.input(2);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            dt[i] = v[i] * (Math.max(-x[i], 0) + log[i]) - (Math.max(x[i], 0) + log[i]);
        }
    }
}
