package dev.lockstep.params.member;

import dev.lockstep.params.link.Clock;
import java.time.Duration;

/** Beats at an interval; for heartbeats and repeats. One thread. */
public final class Timer {
    private final Clock clock;
    private final long intervalNs;
    private long nextNs;

    public Timer(Clock clock, Duration interval) {
        this.clock = clock;
        this.intervalNs = interval.toNanos();
        this.nextNs = clock.nanos();
    }

    /** True once per interval; the first time at once, unless it was put off. */
    public boolean beats() {
        long now = clock.nanos();
        if (now - nextNs < 0) {
            return false;
        }

        this.nextNs = now + intervalNs;
        return true;
    }

    /** At the next opportunity. */
    public void hurry() {
        this.nextNs = clock.nanos();
    }

    /** Not before a whole interval from now. */
    public void putOff() {
        this.nextNs = clock.nanos() + intervalNs;
    }
}
