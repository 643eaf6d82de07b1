package dev.lockstep.losses;

/**
 * Comparisons as numbers. A branch on data that is as often true as false costs more than an exponential; these become
 * vector instructions. LossBenchmark's hinge_embedding and margin_ranking pay for it.
 */
final class Comparisons {
    private Comparisons() {}

    /** 1 for z above 0, else 0; NaN for NaN. */
    static double above(double z) {
        return Math.ceil(Math.min(Math.max(z, 0), 1));
    }

    /** 1 for z not below 0, else 0; NaN for NaN. */
    static double notBelow(double z) {
        return 1 - above(-z);
    }
}
