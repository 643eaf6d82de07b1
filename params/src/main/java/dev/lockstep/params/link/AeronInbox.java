package dev.lockstep.params.link;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.List;
import org.agrona.DirectBuffer;

/** An inbox that is reached through memory, shared memory and UDP. Frames never come in several fragments. */
final class AeronInbox implements Inbox {
    private final MemoryInbox memory;
    private final Address address;
    private final List<Subscription> subscriptions;
    private final FragmentHandler adapter = (buffer, offset, length, header) -> deliver(buffer, offset, length);
    private FrameHandler handler;

    AeronInbox(MemoryInbox memory, Address address, List<Subscription> subscriptions) {
        this.memory = memory;
        this.address = address;
        this.subscriptions = subscriptions;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public int poll(FrameHandler to, int limit) {
        this.handler = to;
        int polled = memory.poll(to, limit);
        for (int i = 0; i < subscriptions.size() && polled < limit; i++) {
            polled += subscriptions.get(i).poll(adapter, limit - polled);
        }

        return polled;
    }

    private void deliver(DirectBuffer buffer, int offset, int length) {
        handler.onFrame(buffer, offset, length);
    }

    @Override
    public void close() {
        memory.close();
        subscriptions.forEach(Subscription::close);
    }
}
