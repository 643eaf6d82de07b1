package dev.lockstep.params.link;

/** Where frames of all senders arrive. One thread at a time. */
public interface Inbox extends AutoCloseable {
    Address address();

    /**
     * Hands over frames that have arrived; each sender's in the order in which it sent them.
     *
     * @param limit how many at most
     * @return how many
     * @throws dev.lockstep.params.ParamException once, if nothing will come any more
     */
    int poll(FrameHandler handler, int limit);

    /** False once nothing will come any more, because it was closed or what it lives on has ended. */
    boolean isOpen();

    @Override
    void close();
}
