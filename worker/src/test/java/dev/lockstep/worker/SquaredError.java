package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.PredictionKind;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;
import java.util.List;

/** {@code Σ (p − t)²}, so that these tests need none of the real losses. */
record SquaredError() implements Loss {
    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET);
    }

    @Override
    public Reduction reduction() {
        return Reduction.MEAN;
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.NUMBERS;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        if (!inputs[0].sameShape(inputs[1])) {
            throw new IllegalArgumentException("Shapes differ: prediction=" + inputs[0] + ", target=" + inputs[1]);
        }
        double sum = 0;
        for (int i = 0; i < inputs[0].size(); i++) {
            double residual = inputs[0].data()[i] - inputs[1].data()[i];
            sum += residual * residual;
            if (gradients[0] != null) {
                gradients[0].data()[i] = 2 * residual;
            }
        }

        return new LossSum(sum, inputs[0].size());
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        throw new UnsupportedOperationException("not needed here");
    }
}
