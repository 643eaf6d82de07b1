package dev.lockstep.params.member;

/** Is told of every step once, in order. */
@FunctionalInterface
public interface StepListener {
    void onStep(StepReport report);

    /** Whether there is room for another step; one that has none is offered the step again later. */
    default boolean hasRoom() {
        return true;
    }

    /** Returns once everything that was told has had its effect. */
    default void flush() {}
}
