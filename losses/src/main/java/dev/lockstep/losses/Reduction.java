package dev.lockstep.losses;

/** How the losses of a batch become the one number that is minimised. */
public enum Reduction {
    MEAN,
    SUM;

    /** What the added losses, and their gradient, are divided by. */
    public double divisor(double weight) {
        return this == MEAN ? weight : 1;
    }
}
