package dev.lockstep.params.link;

/**
 * Another clock's time, without the pauses of this process: however long the gap between two readings, it counts
 * as {@value #LONGEST_NS} ns at most.
 *
 * <p>So whoever measures silence by it does not take its own absence, stopped, swapped out or asleep, for that of
 * others; and a deadline still passes in the end. Each agent needs one of its own and reads it in every duty cycle. One
 * thread at a time.
 */
public final class AwakeClock implements Clock {
    static final long LONGEST_NS = 1_000_000_000;

    private final Clock clock;
    private long readNs;
    private long awakeNs;

    public AwakeClock(Clock clock) {
        this.clock = clock;
        this.readNs = clock.nanos();
    }

    @Override
    public long nanos() {
        long now = clock.nanos();
        this.awakeNs += Math.min(now - readNs, LONGEST_NS);
        this.readNs = now;
        return awakeNs;
    }
}
