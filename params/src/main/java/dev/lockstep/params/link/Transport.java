package dev.lockstep.params.link;

/** What a process is connected to. Thread-safe, unlike the inboxes and links that it gives. */
public interface Transport extends AutoCloseable {
    /** A new inbox that others can reach at its address. */
    Inbox open();

    /** A new link to an inbox, the shortest way there is. Frames get through once the other side is there. */
    Link connect(Address address, Traffic traffic);

    /** Nanoseconds for deadlines. */
    Clock clock();

    /** Closes what is still open, and leaves nothing behind. */
    @Override
    void close();
}
