package dev.lockstep.params.member;

import dev.lockstep.params.link.Clock;
import java.time.Duration;

/** Is due once per interval: for heartbeats, and for what is repeated until it is answered. One thread. */
public final class Timer {
    private final Clock clock;
    private final long intervalNs;
    private long nextNs;

    /** Due at once. */
    public Timer(Clock clock, Duration interval) {
        this.clock = clock;
        this.intervalNs = interval.toNanos();
        this.nextNs = clock.nanos();
    }

    /** True if the interval is over; then the next one begins. */
    public boolean isDue() {
        long now = clock.nanos();
        if (now - nextNs < 0) {
            return false;
        }

        this.nextNs = now + intervalNs;
        return true;
    }

    /** Makes it due, however much of the interval is left. */
    public void dueNow() {
        this.nextNs = clock.nanos();
    }

    /** Begins a whole interval now. */
    public void restart() {
        this.nextNs = clock.nanos() + intervalNs;
    }
}
