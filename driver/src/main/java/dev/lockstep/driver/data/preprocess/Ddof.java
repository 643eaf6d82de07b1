package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;

/** The degrees of freedom that a variance loses: it divides by rows − ddof. */
final class Ddof {
    private Ddof() {}

    static void require(int ddof) {
        if (ddof != 0 && ddof != 1) {
            throw new IllegalArgumentException("ddof must be 0 or 1: ddof=" + ddof);
        }
    }

    static void require(int ddof, long rows) {
        if (rows <= ddof) {
            throw new DataException("Variance needs more rows than ddof: rows=" + rows + ", ddof=" + ddof);
        }
    }
}
