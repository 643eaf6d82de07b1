package dev.lockstep.losses;

/** What the numbers of a label mean to a loss, so that a bad one is found where it is read. */
public enum TargetKind {
    /** Class numbers from 0, wherever {@link Loss#target} makes indices of them; see {@link Loss#ignoredClass}. */
    CLASSES,
    /** 1 or -1: which of two sides. */
    SIGNS,
    /** From 0 to 1: probabilities, and no or yes. */
    FRACTIONS,
    /** Anything finite. */
    VALUES
}
