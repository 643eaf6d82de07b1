package dev.lockstep.worker.layerstats;

import java.io.Serializable;

/**
 * How far a layer's values fit into fp16.
 *
 * @param gradients as they run through the backward pass: times the loss scale, if there is one
 */
public record Fp16Fit(Fp16Shares activations, Fp16Shares gradients) implements Serializable {
    public static final Fp16Fit WHOLE = new Fp16Fit(Fp16Shares.NONE, Fp16Shares.NONE);
}
