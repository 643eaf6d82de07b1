package dev.lockstep.params.link;

import org.agrona.DirectBuffer;

/** Takes a frame, which is valid only during the call. */
@FunctionalInterface
public interface FrameHandler {
    void onFrame(DirectBuffer buffer, int offset, int length);
}
