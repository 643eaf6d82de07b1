package dev.lockstep.params.link;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
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

    /** Whether words need a check of their own: on their way nothing else sees whether they stay what they were. */
    boolean needsCheck();

    /**
     * Room for one frame, at index 0 of the buffer, valid until {@link #commit}; null if there is none now.
     *
     * @throws dev.lockstep.params.ParamException if there never will be: the link is closed or worn out
     */
    MutableDirectBuffer claim(int length);

    /** Sends what was written into the claimed room, at the latest at the next {@link #flush}. */
    void commit();

    /** Whether {@link #send} takes bytes from where they lie, without a copy. */
    default boolean gathers() {
        return false;
    }

    /**
     * Sends a frame of a head and of bytes that lie elsewhere, both read before this returns; false if there is no room
     * now.
     *
     * @param words from their position to their limit; direct
     */
    default boolean send(DirectBuffer head, int headLength, ByteBuffer words) {
        MutableDirectBuffer frame = claim(headLength + words.remaining());
        if (frame == null) {
            return false;
        }

        frame.putBytes(0, head, 0, headLength);
        frame.putBytes(headLength, words, words.position(), words.remaining());
        commit();
        return true;
    }

    /** Lets go what a link keeps back to send several frames at once. */
    default void flush() {}

    /** Whether the other side is there, as far as this one knows. */
    boolean isConnected();

    /** Where it leads and how it does, for messages: {@code ipc to node-1:40123/3, not connected}. */
    String describe();

    @Override
    void close();
}
