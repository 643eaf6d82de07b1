package dev.lockstep.driver.data;

import java.io.Serializable;

/**
 * The position in which each row of a source is dealt.
 *
 * @param held whether these are the rows held out for validation, or the others
 * @param permutation of the rows on this side, null for the source's order
 */
record RowPositions(ValidationSplit split, boolean held, Permutation permutation) implements Serializable {
    long count() {
        return held ? split.held() : split.rows() - split.held();
    }

    boolean includes(long row) {
        return split.isHeld(row) == held;
    }

    /** Of a row that is included. */
    long position(long row) {
        long rank = split.rank(row);
        return permutation == null ? rank : permutation.position(rank);
    }
}
