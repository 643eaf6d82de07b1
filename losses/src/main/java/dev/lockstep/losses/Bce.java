package dev.lockstep.losses;

import java.util.List;

/**
 * Binary cross entropy of probabilities: PyTorch's {@code BCELoss}. Prefer {@link BceWithLogits}, which is exact for sure
 * predictions as well.
 *
 * <pre>
 *   value = −w (t max(log p, −100) + (1 − t) max(log(1 − p), −100))
 *   gradient: w (p − t) / max(p(1 − p), 1e-12) by the input p, w (log(1 − p) − log p) by the target t
 * </pre>
 *
 * Source: the negative log-likelihood of a Bernoulli variable. Input and target have the same shape and are in [0, 1]. The mean
 * divides by all elements, whatever their weights.
 *
 * @param weight w, of every element, broadcast to the input; null for all ones
 */
public record Bce(Weights weight, Reduction reduction) implements Loss {
    private static final double LOG_FLOOR = -100;
    /** PyTorch's constant has single precision. */
    private static final double SLOPE_FLOOR = 1e-12f;

    public Bce {
        Settings.requireMeanOrSum(reduction);
    }

    public Bce() {
        this(null, Reduction.MEAN);
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
        Inputs.requireSameShape(inputs[0], inputs[1]);
        Inputs.requireFractions("input", inputs[0]);
        Inputs.requireFractions("target", inputs[1]);
        return Elements.of(Bce::compute, inputs).weighted(Weights.over(inputs[0], weight, "weight"));
    }

    private static void compute(Block block) {
        double[] p = block.input(0);
        double[] t = block.input(1);
        double[] dp = block.slope(0);
        for (int i = 0; i < block.count; i++) {
            double q = 1 - p[i];
            // A logarithm is the dear part, and targets are mostly 0 or 1.
            double yes = t[i] == 0 ? 0 : t[i] * Math.max(Math.log(p[i]), LOG_FLOOR);
            double no = t[i] == 1 ? 0 : (1 - t[i]) * Math.max(Math.log(q), LOG_FLOOR);
            block.values[i] = -(yes + no);
            dp[i] = (p[i] - t[i]) / Math.max(p[i] * q, SLOPE_FLOOR);
        }
        if (block.wantsSlope(1)) {
            double[] dt = block.slope(1);
            for (int i = 0; i < block.count; i++) {
                dt[i] = Math.log(1 - p[i]) - Math.log(p[i]);
            }
        }
    }
}
