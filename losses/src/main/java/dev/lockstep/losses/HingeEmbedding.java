package dev.lockstep.losses;

/**
 * Keeps distances small between alike and large between unlike pairs: PyTorch's {@code HingeEmbeddingLoss}.
 *
 * <pre>
 *   value = x               where the target is 1         gradient by the input x: 1
 *   value = max(0, m − x)   where the target is −1        gradient: −1 up to x = m, 0 beyond
 * </pre>
 *
 * Source: Hadsell, Chopra and LeCun (2006). Input and target may have any shapes that broadcast; the mean divides by
 * all elements.
 *
 * @param margin m, the distance wanted between unlike pairs, finite and not below 0
 */
public record HingeEmbedding(double margin, Reduction reduction) implements ElementwiseLoss {
    public HingeEmbedding {
        NumberChecks.requireAtLeastZero("margin", margin);
        LossSettings.requireMeanOrSum(reduction);
    }

    public HingeEmbedding() {
        this(1, Reduction.MEAN);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.SIGNS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.SCORES;
    }

    /** Of two groups, the loss of the distance between them. */
    @Override
    public Loss ofGroups(int groups) {
        return groups == 2 ? new PairDistance(this) : this;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        Inputs.requireSigns(inputs[1], gradients[1]);
        return Elements.of(this::compute, inputs);
    }

    private void compute(Block block) {
        double[] x = block.input(0);
        double[] t = block.input(1);
        double[] dx = block.slope(0);
        for (int i = 0; i < block.count(); i++) {
            // x or m − x; and no bound, −∞, or the bound 0.
            double z = t[i] * x[i] + 0.5 * (1 - t[i]) * margin;
            block.values()[i] = Math.max(z, -(1 + t[i]) * Double.MAX_VALUE);
            dx[i] = z;
        }
        for (int i = 0; i < block.count(); i++) {
            dx[i] = 0.5 * (1 + t[i]) - 0.5 * (1 - t[i]) * Comparisons.notBelow(dx[i]);
        }
    }
}
