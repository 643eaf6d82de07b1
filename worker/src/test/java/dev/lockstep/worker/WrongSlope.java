package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.PredictionKind;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;
import java.util.List;

/** {@code Σ (p − t)²} with a derivative that is a thousandth too large for the first prediction of each example. */
record WrongSlope() implements Loss {
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
        LossSum sum = new SquaredError().evaluate(inputs, gradients);
        for (int i = 0; gradients[0] != null && i < inputs[0].size(); i += inputs[0].extent(1)) {
            gradients[0].data()[i] *= 1.001;
        }
        return sum;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        throw new UnsupportedOperationException("not needed here");
    }
}
