package dev.lockstep.params.link;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** A way to an inbox of the same process: a ring of its own, so that senders neither wait for one another nor mix. */
final class MemoryLink implements Link {
    private static final int FRAME = 1;

    private final MemoryInbox inbox;
    private final OneToOneRingBuffer ring;
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private int index;

    MemoryLink(MemoryInbox inbox, OneToOneRingBuffer ring) {
        this.inbox = inbox;
        this.ring = ring;
    }

    @Override
    public int maxFrameLength() {
        return ring.maxMsgLength();
    }

    @Override
    public boolean needsCheck() {
        return false;
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        this.index = ring.tryClaim(FRAME, length);
        if (index <= 0) {
            return null;
        }

        claimed.wrap(ring.buffer(), index, length);
        return claimed;
    }

    @Override
    public void commit() {
        ring.commit(index);
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public String describe() {
        return "memory to " + inbox.address() + ", " + ring.size() + " of " + ring.capacity() + " bytes under way";
    }

    @Override
    public void close() {
        inbox.detach(ring);
    }
}
