package dev.lockstep.params.secure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what was refused, and says so at most once a minute. Thread-safe. */
public final class Refusals {
    /** Why. */
    public enum Reason {
        /** No frame of a job of this process, or not sealed with its key. */
        FOREIGN,
        /** Has been here before. */
        REPLAYED
    }

    private static final Logger LOG = System.getLogger(Refusals.class.getName());
    private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLongArray counts = new AtomicLongArray(Reason.values().length);
    private long lastNs = System.nanoTime() - PAUSE_NS;

    void add(Reason reason, Object from) {
        counts.incrementAndGet(reason.ordinal());
        if (isDue()) {
            LOG.log(
                    Level.WARNING,
                    "Frames of strangers were dropped, without effect: foreignOrDamaged=" + count(Reason.FOREIGN)
                            + ", replayed=" + count(Reason.REPLAYED) + ", lastFrom=" + from
                            + ". Whoever sends them has not this job's key.");
        }
    }

    private synchronized boolean isDue() {
        long nowNs = System.nanoTime();
        boolean due = nowNs - lastNs >= PAUSE_NS;
        this.lastNs = due ? nowNs : lastNs;
        return due;
    }

    public long count(Reason reason) {
        return counts.get(reason.ordinal());
    }
}
