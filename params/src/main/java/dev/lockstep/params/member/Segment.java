package dev.lockstep.params.member;

import java.io.Serializable;

/**
 * Some steps of one epoch that run in one go, without a change of members.
 *
 * @param epoch 1 is the first
 * @param from the first step, 1 in a new job
 * @param to the step after the last
 * @param rateFactor what a schedule that looks at results (plateau) multiplies every rate by; 1 for all others
 */
public record Segment(int epoch, long from, long to, double rateFactor) implements Serializable {
    public Segment {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("A segment needs 1 <= from <= to: from=" + from + ", to=" + to);
        }
    }

    /** The last step that must have been applied before this segment can begin. */
    public long before() {
        return from - 1;
    }
}
