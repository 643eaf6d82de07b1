package dev.lockstep.losses;

/**
 * Negative log-likelihood of counts that follow a Poisson distribution: PyTorch's {@code PoissonNLLLoss}.
 *
 * <pre>
 *   value = exp(x) − t x               gradient: exp(x) − t by the input x, −x by the target t           with logInput
 *   value = x − t log(x + ε)           gradient: 1 − t/(x + ε) by x, −log(x + ε) by t                    without
 *   full adds t log t − t + log(2πt)/2, Stirling's approximation of log t!, for targets above 1;
 *             log t + 1/(2t) to the gradient by t
 * </pre>
 *
 * Input and target may have any shapes that broadcast; the mean divides by all elements.
 *
 * @param logInput whether the input is the logarithm of the rate
 * @param full whether to add the part that depends on the target only
 * @param eps ε, keeps the logarithm away from 0; finite and above 0
 */
public record PoissonNll(boolean logInput, boolean full, double eps, Reduction reduction) implements ElementwiseLoss {
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    public PoissonNll {
        NumberChecks.requirePositive("eps", eps);
        LossSettings.requireMeanOrSum(reduction);
    }

    public PoissonNll() {
        this(true, false, 1e-8, Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return logInput ? PredictionKind.LOGARITHMS : PredictionKind.NUMBERS;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Exponentials exponential = new Exponentials(Block.SIZE);
        Logarithms logarithm = new Logarithms(Block.SIZE);
        return Elements.of(block -> compute(block, exponential, logarithm), inputs);
    }

    private void compute(Block block, Exponentials exponential, Logarithms logarithm) {
        if (logInput) {
            fromLogs(block, exponential);
        } else {
            fromRates(block, logarithm);
        }
        if (full) {
            addStirling(block, logarithm);
        }
    }

    private static void fromLogs(Block block, Exponentials exponential) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        exponential.compute(x, block.count());
        for (int i = 0; i < block.count(); i++) {
            double rate = exponential.exps[i];
            block.values()[i] = rate - t[i] * x[i];
            dx[i] = rate - t[i];
            dt[i] = -x[i];
        }
    }

    private void fromRates(Block block, Logarithms logarithm) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            dx[i] = x[i] + eps;
        }
        logarithm.compute(dx, block.count());
        for (int i = 0; i < block.count(); i++) {
            block.values()[i] = x[i] - t[i] * logarithm.logs[i];
            dx[i] = 1 - t[i] / dx[i];
            dt[i] = -logarithm.logs[i];
        }
    }

    private static void addStirling(Block block, Logarithms logarithm) {
        double[] t = block.input(1);
        double[] dt = block.slope(1);
        logarithm.compute(t, block.count());
        for (int i = 0; i < block.count(); i++) {
            if (t[i] > 1) {
                double log = logarithm.logs[i];
                block.values()[i] += t[i] * log - t[i] + 0.5 * (LOG_2PI + log);
                dt[i] += log + 0.5 / t[i];
            }
        }
    }
}
