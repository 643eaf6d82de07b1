package dev.lockstep.driver.signal;

import java.util.Locale;

/** What becomes of a signal at a layer, from harmless to worst. */
public enum Verdict {
    /** Neither of the others. */
    SOUND,
    /** A quarter or more of the values lie where the layer's slope is nearly 0. */
    SATURATED,
    /** Below the band, or on the way there: weaker from layer to layer. */
    VANISHING,
    /** Nothing comes through: 0 everywhere, or half of the units are 0 for every example. */
    DEAD,
    /** Above the band or not finite, or on the way there. */
    EXPLODING;

    /** The worse of two. */
    public Verdict or(Verdict other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** As it is written for people and programs. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
