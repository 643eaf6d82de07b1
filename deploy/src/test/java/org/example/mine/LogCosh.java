package org.example.mine;

import dev.lockstep.losses.Block;
import dev.lockstep.losses.Elements;
import dev.lockstep.losses.ElementwiseLoss;
import dev.lockstep.losses.PredictionKind;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;

/**
 * Squared close to the target, absolute further away.
 *
 * <pre>
 *   r = s (input − target)
 *   value = log cosh r        gradient: s tanh r by the input, −s tanh r by the target
 * </pre>
 *
 * @param sharpness s
 */
public record LogCosh(double sharpness, Reduction reduction) implements ElementwiseLoss {
    public LogCosh() {
        this(1, Reduction.MEAN);
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
    public Elements elements(Tensor[] inputs, Tensor[] gradients) {
        return Elements.of(this::compute, inputs);
    }

    private void compute(Block block) {
        for (int i = 0; i < block.count(); i++) {
            double r = sharpness * (block.input(0)[i] - block.input(1)[i]);
            block.values()[i] = Math.log(Math.cosh(r));
            block.slope(0)[i] = sharpness * Math.tanh(r);
            block.slope(1)[i] = -sharpness * Math.tanh(r);
        }
    }
}
