package dev.lockstep.params.link;

/** What is done to frames that leave the machine. */
public enum Security {
    /** Nothing: who can send packets to a member can be one. */
    NONE,
    /** What has no key is dropped; gradients can be read on their way. */
    AUTHENTICATE,
    /** As {@link #AUTHENTICATE}, and nothing but lengths can be read. */
    ENCRYPT
}
