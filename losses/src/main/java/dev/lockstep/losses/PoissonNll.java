package dev.lockstep.losses;

import java.util.List;

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
public record PoissonNll(boolean logInput, boolean full, double eps, Reduction reduction) implements Loss {
    public PoissonNll {
        Settings.requirePositive("eps", eps);
        Settings.requireMeanOrSum(reduction);
    }

    public PoissonNll() {
        this(true, false, 1e-8, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        return elements(inputs, gradients).sum(gradients);
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        return elements(inputs, gradients).values(upstream, gradients);
    }

    private Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        return Elements.of(this::compute, inputs);
    }

    private void compute(Block block) {
        if (logInput) {
            fromLogs(block);
        } else {
            fromRates(block);
        }
        if (full) {
            addStirling(block);
        }
    }

    private static void fromLogs(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count; i++) {
            double rate = Math.exp(x[i]);
            block.values[i] = rate - t[i] * x[i];
            dx[i] = rate - t[i];
            dt[i] = -x[i];
        }
    }

    private void fromRates(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count; i++) {
            double log = Math.log(x[i] + eps);
            block.values[i] = x[i] - t[i] * log;
            dx[i] = 1 - t[i] / (x[i] + eps);
            dt[i] = -log;
        }
    }

    private static void addStirling(Block block) {
        double[] t = block.input(1);
        double[] dt = block.slope(1);
        for (int i = 0; i < block.count; i++) {
            if (t[i] > 1) {
                double log = Math.log(t[i]);
                block.values[i] += t[i] * log - t[i] + 0.5 * (Math.log(2 * Math.PI) + log);
                dt[i] += log + 0.5 / t[i];
            }
        }
    }
}
