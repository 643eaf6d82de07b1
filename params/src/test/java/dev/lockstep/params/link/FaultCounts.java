package dev.lockstep.params.link;

/** How many faults there were, for the assertion that there were some. */
public final class FaultCounts {
    long dropped;
    long duplicated;
    long delayed;
    long reordered;
    long bytes;

    /** Of all frames that were to be sent, lost ones included. */
    public long bytes() {
        return bytes;
    }

    public long dropped() {
        return dropped;
    }

    public long duplicated() {
        return duplicated;
    }

    public long delayed() {
        return delayed;
    }

    public long reordered() {
        return reordered;
    }

    @Override
    public String toString() {
        return "dropped=" + dropped + ", duplicated=" + duplicated + ", delayed=" + delayed + ", reordered="
                + reordered;
    }
}
