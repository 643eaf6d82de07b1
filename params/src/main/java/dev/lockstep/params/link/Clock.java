package dev.lockstep.params.link;

/** Time for deadlines and repeats; tests move it by hand. */
@FunctionalInterface
public interface Clock {
    Clock SYSTEM = System::nanoTime;

    /** Nanoseconds from an arbitrary beginning. */
    long nanos();
}
