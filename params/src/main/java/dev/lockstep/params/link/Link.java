package dev.lockstep.params.link;

import org.agrona.MutableDirectBuffer;

/**
 * One way to one inbox. Never blocks: a frame is claimed, filled and committed, or there is no room now. One thread at
 * a time.
 *
 * <p>A committed frame may be lost (the other process dies), but is neither damaged nor reordered by the production
 * links.
 */
public interface Link extends AutoCloseable {
    /** Bytes of the longest frame. */
    int maxFrameLength();

    /** Whether frames leave the machine, so that their words need a check too. */
    boolean leavesMachine();

    /**
     * Room for one frame, at index 0 of the buffer, valid until {@link #commit}; null if there is none now.
     *
     * @throws dev.lockstep.params.ParamException if there never will be: the link is closed or worn out
     */
    MutableDirectBuffer claim(int length);

    /** Sends what was written into the claimed room, at the latest at the next {@link #flush}. */
    void commit();

    /** Lets go what a link keeps back to send several frames at once. */
    default void flush() {}

    /** Whether the other side is there, as far as this one knows. */
    boolean isConnected();

    /** Where it leads and how it does, for messages: {@code ipc to node-1:40123/3, not connected}. */
    String describe();

    @Override
    void close();
}
