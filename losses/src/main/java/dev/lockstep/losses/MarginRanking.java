package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;

/**
 * Asks that one of two scores be higher than the other: PyTorch's {@code MarginRankingLoss}.
 *
 * <pre>
 *   z = m − target (input1 − input2)
 *   value = max(0, z)        gradient where z is not below 0: −target by input1, target by input2
 * </pre>
 *
 * Targets are 1 where input1 should be higher, −1 where input2 should. The three have the same number of dimensions and
 * broadcast; the mean divides by all elements.
 *
 * @param margin m, by how much the scores should differ, finite and not below 0
 */
public record MarginRanking(double margin, Reduction reduction) implements ElementwiseLoss {
    public MarginRanking {
        NumberChecks.requireAtLeastZero("margin", margin);
        LossSettings.requireMeanOrSum(reduction);
    }

    public MarginRanking() {
        this(0, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.PREDICTION, Role.TARGET);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.SIGNS;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.SCORES;
    }

    @Override
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        if (inputs[0].rank() != inputs[1].rank() || inputs[0].rank() != inputs[2].rank()) {
            throw new IllegalArgumentException("Inputs and target must have the same number of dimensions: input1="
                    + inputs[0] + ", input2=" + inputs[1] + ", target=" + inputs[2]);
        }
        Inputs.requireSigns(inputs[2], gradients[2]);
        return Elements.of(this::compute, inputs);
    }

    private void compute(Block block) {
        double[] a = block.input(0);
        double[] b = block.input(1);
        double[] t = block.input(2);
        double[] da = block.slope(0);
        double[] db = block.slope(1);
        for (int i = 0; i < block.count(); i++) {
            db[i] = margin - t[i] * (a[i] - b[i]);
        }
        for (int i = 0; i < block.count(); i++) {
            block.values()[i] = Math.max(db[i], 0);
        }
        for (int i = 0; i < block.count(); i++) {
            double slope = t[i] * Comparisons.notBelow(db[i]);
            da[i] = -slope;
            db[i] = slope;
        }
    }

    /** One for each element, or one for each example. */
    @Override
    public Tensor target(double[] values, int... predictions) {
        int[] shape = predictions.clone();
        if (shape.length > 1 && values.length == shape[0]) {
            Arrays.fill(shape, 1, shape.length, 1);
        }

        return TargetShapes.likePredictions(values, shape);
    }
}
