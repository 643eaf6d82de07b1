package dev.lockstep.params.link;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.ArrayUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** An inbox in memory: one bounded ring per sender. Attaching is thread-safe, polling is for one thread. */
public final class MemoryInbox implements Inbox {
    private final Address address;
    private final Consumer<MemoryInbox> onClose;
    private volatile OneToOneRingBuffer[] rings = new OneToOneRingBuffer[0];
    private volatile OneToOneRingBuffer[] ending = new OneToOneRingBuffer[0];
    private final MessageHandler adapter = (type, buffer, index, length) -> deliver(buffer, index, length);
    private FrameHandler handler;
    private int turn;
    private volatile boolean open = true;

    MemoryInbox(Address address, Consumer<MemoryInbox> onClose) {
        this.address = address;
        this.onClose = onClose;
    }

    /** @param capacity bytes under way at most, a power of two */
    MemoryLink attach(int capacity) {
        ByteBuffer memory = BufferUtil.allocateDirectAligned(
                capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH);
        OneToOneRingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
        synchronized (this) {
            this.rings = ArrayUtil.add(rings, ring);
        }

        return new MemoryLink(this, ring);
    }

    /** Nothing more is sent through a ring; what is under way still arrives. */
    synchronized void detach(OneToOneRingBuffer ring) {
        this.ending = ArrayUtil.add(ending, ring);
        removeEnded();
    }

    private synchronized void removeEnded() {
        for (OneToOneRingBuffer ring : ending) {
            if (ring.size() == 0) {
                this.ending = ArrayUtil.remove(ending, ring);
                this.rings = ArrayUtil.remove(rings, ring);
            }
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public int poll(FrameHandler to, int limit) {
        OneToOneRingBuffer[] present = rings;
        this.handler = to;
        this.turn = turn + 1 < present.length ? turn + 1 : 0;
        int polled = 0;
        for (int i = 0; i < present.length && polled < limit; i++) {
            polled += present[(turn + i) % present.length].read(adapter, limit - polled);
        }

        if (ending.length > 0) {
            removeEnded();
        }

        return polled;
    }

    private void deliver(DirectBuffer buffer, int index, int length) {
        handler.onFrame(buffer, index, length);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        this.open = false;
        onClose.accept(this);
    }
}
