package dev.lockstep.losses;

/**
 * Kullback-Leibler divergence of the predicted from the target distribution: PyTorch's {@code KLDivLoss}.
 *
 * <pre>
 *   value = t (log t − x)       0 where t is 0     gradient: −t by the input x, log t + 1 − x by the target t
 *   value = exp(t) (t − x)      with logTarget     gradient: −exp(t) by x, exp(t) (t + 1 − x) by t
 * </pre>
 *
 * Source: Kullback and Leibler (1951). The input holds log-probabilities, the target probabilities or
 * log-probabilities, of any shapes that broadcast. The reduction {@code mean} divides by all elements;
 * {@code batchmean}, the mathematical definition, by the first extent of the input. As in PyTorch a negative target,
 * and a log-target of −∞, give NaN.
 *
 * @param logTarget whether the targets are logarithms
 */
public record KlDiv(boolean logTarget, Reduction reduction) implements ElementwiseLoss {
    public KlDiv {
        LossSettings.requireReduction(reduction);
    }

    public KlDiv() {
        this(false, Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.CLASS_LOG_PROBABILITIES;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        LossSum sum = ElementwiseLoss.super.evaluate(inputs, gradients);
        return reduction == Reduction.BATCHMEAN ? new LossSum(sum.sum(), batchSize(inputs[0])) : sum;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        LossSum sum = ElementwiseLoss.super.evaluate(inputs, weights, gradients);
        return reduction == Reduction.BATCHMEAN ? new LossSum(sum.sum(), new ExampleWeights(weights).sum()) : sum;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        if (logTarget) {
            Exponentials exponential = new Exponentials(Block.SIZE);
            return Elements.of(block -> fromLogs(block, exponential), inputs);
        }

        Logarithms logarithm = new Logarithms(Block.SIZE);
        return Elements.of(block -> fromProbabilities(block, logarithm), inputs);
    }

    private static int batchSize(Tensor input) {
        if (input.rank() == 0) {
            throw new IllegalArgumentException("batchmean needs a dimension of examples: input=" + input);
        }

        return input.extent(0);
    }

    private static void fromProbabilities(Block block, Logarithms logarithm) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        double[] logs = logarithm.logs;
        logarithm.compute(t, block.count());
        for (int i = 0; i < block.count(); i++) {
            block.values()[i] = (t[i] == 0 ? 0 : t[i] * logs[i]) - t[i] * x[i];
            dx[i] = -t[i];
            dt[i] = logs[i] + 1 - x[i];
        }
    }

    private static void fromLogs(Block block, Exponentials exponential) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        exponential.compute(t, block.count());
        for (int i = 0; i < block.count(); i++) {
            double p = exponential.exps[i];
            block.values()[i] = p * (t[i] - x[i]);
            dx[i] = -p;
            dt[i] = p * (t[i] + 1 - x[i]);
        }
    }
}
