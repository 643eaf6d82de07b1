package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import java.nio.ByteBuffer;

/** One range on its way to its shard and back. Begun anew for every step. One thread at a time. */
interface Exchange {
    /** Nothing is pushed yet. */
    void begin(long ofStep, double ofWeight);

    /** The gradient is whole: it goes out, and may be overwritten once the new values are here. */
    void push();

    /** There is no gradient. */
    void pushNothing();

    /** Goes on with what others have put into the memory of this host; returns whether there was anything to do. */
    boolean advance();

    /** Where the words of values belong of which the head is here; null if they are to come with it. */
    default ByteBuffer place(Frame broadcast) {
        return null;
    }

    /** Takes values; returns false if they are not the ones that come next. */
    boolean arrive(Frame broadcast);

    /** Whether the new values are here. */
    boolean isComplete();

    /** Of the values that are here, as {@link Frame} has them. */
    int flags();

    /** Of the gradient that these values came by, added over all workers: the sum of its squares. */
    double squares();

    /** The shard lacks the rest of the push. */
    boolean need(Frame need);

    /** Asks for values that have not come, although all is pushed. */
    void ask();

    /** For messages. */
    String describe();
}
