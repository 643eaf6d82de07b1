package dev.lockstep.params.link;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What a process is connected to. Thread-safe, unlike the inboxes and links that it gives. */
public interface Transport extends AutoCloseable {
    /** A new inbox that others can reach at its address. */
    Inbox open();

    /**
     * A new link to an inbox, the shortest way there is. Frames get through once the other side is there.
     *
     * @param job of all frames that will be sent
     */
    Link connect(Address address, Traffic traffic, int job);

    /** Where this process may share memory with others of its machine; empty where there is no such place. */
    default Optional<SharedFolder> folder() {
        return Optional.empty();
    }

    /**
     * Sleeps for so long, or until the network has brought something, where that can be noticed; returns whether it
     * has. One thread at a time.
     */
    default boolean await(Duration atMost) {
        LockSupport.parkNanos(atMost.toNanos());
        return false;
    }

    /** Nanoseconds for deadlines. */
    Clock clock();

    /** Closes what is still open, and leaves nothing behind. */
    @Override
    void close();
}
