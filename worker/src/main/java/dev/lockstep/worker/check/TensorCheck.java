package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;

/**
 * How far one parameter tensor's gradient is from the slope of the loss.
 *
 * @param error the largest |gradient − slope| over the values tried, relative to the largest of these gradients and
 *     slopes
 * @param tried how many of its values
 * @param corners how many others were drawn where the loss has a corner, and therefore no slope
 * @param worst the value that is furthest off, as an index in the tensor; its gradient and slope follow
 */
public record TensorCheck(
        Parameter parameter,
        Outcome outcome,
        double error,
        int tried,
        int corners,
        int worst,
        double gradient,
        double slope) {

    /** What came of it. */
    public enum Outcome {
        /** Some value's gradient is not the slope there. */
        WRONG,
        /** All gradients tried are the slopes. */
        RIGHT,
        /** Gradients and slopes are both smaller than what differences can tell from 0. */
        FLAT,
        /** The loss has a corner at every value drawn, so that there is no slope to compare with. */
        CORNERS
    }
}
