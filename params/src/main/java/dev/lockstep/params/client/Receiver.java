package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import java.nio.ByteBuffer;

/** Where a range's new values go, piece by piece. One thread at a time. */
interface Receiver {
    /** Nothing has come. */
    void clear();

    /** Where the words of a piece belong of which the head is here; null if they are to come with it. */
    default ByteBuffer place(Frame broadcast) {
        return null;
    }

    /** Takes a piece; returns false if it is not the one that comes next. */
    boolean take(Frame broadcast);

    /** How many words have come. */
    int length();

    boolean isComplete();
}
