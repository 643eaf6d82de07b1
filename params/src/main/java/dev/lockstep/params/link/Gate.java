package dev.lockstep.params.link;

import org.agrona.DirectBuffer;

/** What stands between the network and an inbox. One thread at a time, but for {@link #admits}. */
public interface Gate {
    /** Lets everything in. */
    Gate OPEN = new Gate() {
        @Override
        public boolean pass(DirectBuffer buffer, int offset, int length, FrameHandler to, Object from) {
            to.onFrame(buffer, offset, length);
            return true;
        }

        @Override
        public boolean admits(byte[] credential, Object from) {
            return true;
        }
    };

    /**
     * Hands over the frame that a sender of a job sealed for this inbox; false, and nothing is handed over, if this is
     * none or has been here before.
     *
     * @param from for messages
     */
    boolean pass(DirectBuffer buffer, int offset, int length, FrameHandler to, Object from);

    /** Whether a connection is from a sender of a job that has a key, and not played again. Thread-safe. */
    boolean admits(byte[] credential, Object from);
}
