package dev.lockstep.driver.search;

import java.util.random.RandomGenerator;

/** A key of the job file from whose values some are drawn. */
sealed interface Axis permits Choices, RangeAxis {
    String key();

    /** A value as a job file writes it. */
    String draw(RandomGenerator random);

    /** {@code KEY=LOW..HIGH}, {@code KEY=log:LOW..HIGH} or {@code KEY=V1,V2,...}. */
    static Axis of(String argument) {
        return RangeAxis.isOne(argument) ? RangeAxis.of(argument) : Choices.of(argument);
    }
}
