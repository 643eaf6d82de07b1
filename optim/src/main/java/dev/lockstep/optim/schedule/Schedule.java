package dev.lockstep.optim.schedule;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The learning rate of every update: a pure function of how far training is, so that a resumed run needs no state of
 * it. Implementations are immutable and thread-safe.
 *
 * <p>Where PyTorch computes a rate from the one before, the closed form is used here; both agree to rounding.
 */
public interface Schedule extends Serializable {
    /**
     * @param group index of the parameter group, for schedules whose limits differ by group
     * @param baseLr the rate that the group's optimizer was given
     */
    double lr(int group, double baseLr, Progress at);

    /** The momentum (or first beta) to use at this update; empty where it is not cycled. */
    default OptionalDouble momentum(int group, Progress at) {
        return OptionalDouble.empty();
    }

    /**
     * This schedule for a run of known length, for those that end with it. Those that do not ask stay as they are.
     *
     * @param steps updates of the whole run
     */
    default Schedule over(long steps, int stepsPerEpoch) {
        return this;
    }

    /** Cycles that are over before this update: how often the rate has begun anew. 0 for a schedule without cycles. */
    default long cycles(Progress at) {
        return 0;
    }

    /**
     * Refuses to run with this many parameter groups.
     *
     * @throws IllegalArgumentException if limits are given for another number of groups, or a length is still missing
     */
    default void requireReady(int groups) {}

    /** The part that waits for a metric to stop improving, whose state somebody must keep; empty for most. */
    default Optional<ReduceLrOnPlateau> plateau() {
        return Optional.empty();
    }

    /** The same, where it sets the rate of this update: metrics of other times are none of its business. */
    default Optional<ReduceLrOnPlateau> plateau(Progress at) {
        return plateau();
    }
}
