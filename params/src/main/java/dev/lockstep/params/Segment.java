package dev.lockstep.params;

import java.io.Serializable;

/**
 * Some steps that run in one go, without a change of members.
 *
 * @param epoch of the first step; 1 is the first
 * @param from the first step, 1 in a new job
 * @param to the step after the last
 * @param stepsPerEpoch for schedules that count epochs
 * @param reductions how often a schedule that looks at results (plateau) has asked for a lower rate so far
 */
public record Segment(int epoch, long from, long to, int stepsPerEpoch, int reductions) implements Serializable {
    public Segment {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("A segment needs 1 <= from <= to: from=" + from + ", to=" + to);
        }
        if (stepsPerEpoch < 1 || reductions < 0) {
            throw new IllegalArgumentException("stepsPerEpoch must be above 0 and reductions not below: stepsPerEpoch="
                    + stepsPerEpoch + ", reductions=" + reductions);
        }
    }

    /** The last step that must have been applied before this segment can begin. */
    public long before() {
        return from - 1;
    }
}
