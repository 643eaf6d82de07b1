package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;

/** Where a range's new values go, piece by piece. One thread at a time. */
interface Receiver {
    /** Nothing has come. */
    void clear();

    /** Takes a piece; returns false if it is not the one that comes next. */
    boolean take(Frame broadcast);

    /** How many words have come. */
    int length();

    boolean isComplete();
}
