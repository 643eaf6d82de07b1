package dev.lockstep.worker.layer;

import java.util.Locale;

/** What the values around an input are. */
public enum PaddingMode {
    ZEROS,
    /** Mirrored at the border, which is not repeated. */
    REFLECT,
    /** The border's own. */
    REPLICATE,
    /** Those of the other side. */
    CIRCULAR;

    /** What libtorch calls it. */
    public String torch() {
        return this == ZEROS ? "constant" : name().toLowerCase(Locale.ROOT);
    }
}
