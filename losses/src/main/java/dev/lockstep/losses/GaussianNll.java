package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;

/**
 * Negative log-likelihood of a normal distribution whose variance is predicted as well: PyTorch's
 * {@code GaussianNLLLoss}.
 *
 * <pre>
 *   r = input − target,  v = max(var, ε)
 *   value = (log v + r²/v)/2             full adds log(2π)/2
 *   gradient: r/v by the input, −r/v by the target, (1/v − r²/v²)/2 by var, also where var is below ε
 * </pre>
 *
 * Source: Nix and Weigend (1994). The inputs are input, target and var. The target may have any shape that broadcasts;
 * var has the input's shape, or 1 as last extent, or no last dimension. The mean divides by all elements. A negative
 * variance is refused.
 *
 * @param full whether to add the constant part
 * @param eps ε, the least variance, finite and above 0
 */
public record GaussianNll(boolean full, double eps, Reduction reduction) implements ElementwiseLoss {
    public GaussianNll {
        NumberChecks.requirePositive("eps", eps);
        LossSettings.requireMeanOrSum(reduction);
    }

    public GaussianNll() {
        this(false, 1e-6, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET, Role.PREDICTION);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.NUMBERS_AND_VARIANCES;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Logarithms logarithm = new Logarithms(Block.SIZE);
        return Elements.of(block -> compute(block, logarithm), inputs[0], inputs[1], variance(inputs[0], inputs[2]));
    }

    private static Tensor variance(Tensor input, Tensor var) {
        int[] shape = input.shape();
        boolean whole = var.sameShape(input);
        if (!whole && shape.length > 0) {
            shape[shape.length - 1] = 1;
        }
        int[] shorter = Arrays.copyOf(shape, Math.max(0, shape.length - 1));
        if (!Arrays.equals(var.shape(), shape) && !(!whole && Arrays.equals(var.shape(), shorter))) {
            throw new IllegalArgumentException(
                    "var must have the input's shape, or 1 as last extent: input=" + input + ", var=" + var);
        }

        for (int i = 0; i < var.size(); i++) {
            if (var.data()[i] < 0) {
                throw new IllegalArgumentException(
                        "var must not be negative: var=" + var.data()[i] + ", position=" + var.position(i));
            }
        }
        return var.withShape(shape);
    }

    private void compute(Block block, Logarithms logarithm) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] var = block.input(2);
        double[] dx = block.slope(0);
        double[] dt = block.slope(1);
        double[] dvar = block.slope(2);
        double constant = full ? 0.5 * Math.log(2 * Math.PI) : 0;
        for (int i = 0; i < block.count(); i++) {
            dvar[i] = Math.max(var[i], eps);
        }
        logarithm.compute(dvar, block.count());
        for (int i = 0; i < block.count(); i++) {
            double residual = x[i] - t[i];
            double precision = 1 / dvar[i];
            double slope = residual * precision;
            block.values()[i] = 0.5 * (logarithm.logs[i] + residual * slope) + constant;
            dx[i] = slope;
            dt[i] = -slope;
            dvar[i] = 0.5 * (precision - slope * slope);
        }
    }
}
