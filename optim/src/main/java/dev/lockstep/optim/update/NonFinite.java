package dev.lockstep.optim.update;

/** What to do about a gradient with NaN or infinity in it. */
public enum NonFinite {
    /** Refuse the update and end the run. */
    STOP,
    /**
     * Leave parameters and state of all ranges as they are and go on with the next step; costs a round of sums per
     * step.
     */
    SKIP
}
