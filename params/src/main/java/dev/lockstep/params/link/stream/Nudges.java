package dev.lockstep.params.link.stream;

import java.util.concurrent.TimeUnit;

/**
 * When a link that has nothing more to say sends a frame of no length. TCP learns that a packet was lost from what
 * arrives after it; where nothing does it waits for 200 ms, and a step with it. One thread.
 */
final class Nudges {
    private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Each comes after twice as long as the one before: after these TCP has helped itself. */
    private static final long LAST_NS = TimeUnit.MILLISECONDS.toNanos(128);

    private long sinceNs;
    private long restNs = Long.MAX_VALUE;

    /** Something was sent after which nothing may follow. */
    void begin(long nowNs) {
        this.sinceNs = nowNs;
        this.restNs = FIRST_NS;
    }

    /** Whether it is time for one; the next is due later. */
    boolean isDue(long nowNs) {
        boolean due = nowNs - sinceNs >= restNs;
        if (due) {
            this.sinceNs = nowNs;
            this.restNs = restNs < LAST_NS ? 2 * restNs : Long.MAX_VALUE;
        }

        return due;
    }
}
