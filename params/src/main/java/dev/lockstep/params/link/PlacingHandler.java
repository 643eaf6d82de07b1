package dev.lockstep.params.link;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** Takes frames, and says of some where their words belong: these are read to there, and need not be copied. */
public interface PlacingHandler extends FrameHandler {
    /** Bytes before the words of a frame that has any. */
    int headLength();

    /**
     * Where the words behind a head are to be read to; null if they are to come with the head. Asked anew before each
     * reading, because they may be wanted no more.
     *
     * @param length of the whole frame
     * @return as many bytes as the words have, from its position on; the handler's until the next call
     */
    ByteBuffer place(DirectBuffer head, int offset, int length);

    /** As {@link #onFrame}, of a head whose words are all in their place. */
    void onPlaced(DirectBuffer head, int offset, int length);
}
