package dev.lockstep.params.link;

/** What a link is for, which decides how much memory it gets. */
public enum Traffic {
    /** Values and gradients: megabytes in each step. */
    VALUES,
    /** Messages of some hundred bytes. */
    MESSAGES
}
