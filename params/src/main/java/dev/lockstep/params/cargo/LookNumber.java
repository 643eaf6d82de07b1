package dev.lockstep.params.cargo;

/** Numbers the looks at the loss of guided steps through: {@code step · 2²⁰ + look}. */
public final class LookNumber {
    /** Looks that a step has room for. */
    private static final int LOOKS = 1 << 20;

    private LookNumber() {}

    public static long of(long step, int look) {
        return step * LOOKS + look;
    }

    /** The highest that a step has room for. */
    public static long last(long step) {
        return of(step, LOOKS - 1);
    }
}
