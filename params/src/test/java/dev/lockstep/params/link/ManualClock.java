package dev.lockstep.params.link;

/** Time that a test moves by hand. */
public final class ManualClock implements Clock {
    private long nowNs = 1;

    @Override
    public long nanos() {
        return nowNs;
    }

    public void advance(long ns) {
        nowNs += ns;
    }
}
