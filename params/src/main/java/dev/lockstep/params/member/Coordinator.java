package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import java.util.Optional;

/**
 * Membership and bookkeeping of one job, in the driver: waits for the workers, says who hosts which shard, starts segments, adds up
 * reports, and tells everybody when somebody fails.
 *
 * <p>An agent: {@link #doWork} never blocks, and the other methods only leave word for it. Thread-safe.
 */
public final class Coordinator implements AutoCloseable {
    /** Where workers join. */
    public Address address() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the gang check for a segment: once all workers have joined and all shards stand at {@code segment.before()}, it starts.
     * Call it before the workers' tasks are sent out.
     */
    public void begin(Segment segment) {
        throw new UnsupportedOperationException();
    }

    /** Asks for an end after a step, the same for all workers: their {@code await} returns true. */
    public void stop() {
        throw new UnsupportedOperationException();
    }

    /** Gives the job up for everybody, unless somebody did before. */
    public void abort(AbortException.Kind kind, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Why the job was given up, if it was: the first cause. */
    public Optional<AbortException> failure() {
        throw new UnsupportedOperationException();
    }

    /** The last step that all workers have reported; the listener has been told of it. */
    public long reported() {
        throw new UnsupportedOperationException();
    }

    /** 0 if there was nothing to do. */
    public int doWork() {
        throw new UnsupportedOperationException();
    }

    /** Tells all members that the job is over. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
