package dev.lockstep.params.member;

/** Is told of every step once, in order, in the coordinator's thread; must not block. */
@FunctionalInterface
public interface StepListener {
    void onStep(StepReport report);
}
