package dev.lockstep.params.lbfgs;

/** Numbers the evaluations of the loss within L-BFGS steps through: {@code step · 2²⁰ + evaluation}. */
public final class EvaluationNumber {
    /** Evaluations that a step has room for. */
    private static final int MOST = 1 << 20;

    private EvaluationNumber() {}

    public static long of(long step, int evaluation) {
        return step * MOST + evaluation;
    }

    /** The highest that a step has room for. */
    public static long last(long step) {
        return of(step, MOST - 1);
    }
}
