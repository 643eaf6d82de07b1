package dev.lockstep.params.client;

import java.util.function.LongSupplier;

/**
 * How long a worker computes while values that it has pushed in the same step are under way: so much of the
 * communication is hidden. One thread.
 */
final class Overlap {
    private final LongSupplier nanoTime;
    private boolean computing;
    private long sinceNs;
    private long hiddenNs;

    Overlap(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A new step: nothing is under way. */
    void clear() {
        this.computing = false;
        this.hiddenNs = 0;
    }

    /** The worker goes back to computing, with values under way. */
    void computes() {
        this.computing = true;
        this.sinceNs = nanoTime.getAsLong();
    }

    /** The worker communicates or waits from now on. */
    void pauses() {
        if (computing) {
            this.hiddenNs += nanoTime.getAsLong() - sinceNs;
            this.computing = false;
        }
    }

    long hiddenNs() {
        return hiddenNs;
    }
}
