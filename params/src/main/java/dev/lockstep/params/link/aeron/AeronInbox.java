package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.MemoryInbox;
import dev.lockstep.params.link.stream.StreamReceiver;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/** An inbox that is reached through memory, shared memory, UDP and TCP. Frames never come in several fragments. */
final class AeronInbox implements Inbox {
    private final MemoryInbox memory;
    private final Address address;
    private final List<Subscription> subscriptions;
    private final StreamReceiver streams;
    private final Supplier<String> trouble;
    private final FragmentHandler adapter = (buffer, offset, length, header) -> deliver(buffer, offset, length);
    private FrameHandler handler;
    private boolean reported;

    /**
     * @param streams null without TCP
     * @param trouble of Aeron's own threads, for messages
     */
    AeronInbox(MemoryInbox memory, List<Subscription> subscriptions, StreamReceiver streams, Supplier<String> trouble) {
        this.memory = memory;
        this.address = memory.address();
        this.subscriptions = subscriptions;
        this.streams = streams;
        this.trouble = trouble;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public int poll(FrameHandler to, int limit) {
        this.handler = to;
        int polled = memory.poll(to, limit);
        requireOpen();
        for (int i = 0; i < subscriptions.size() && polled < limit; i++) {
            polled += subscriptions.get(i).poll(adapter, limit - polled);
        }
        if (streams != null && polled < limit) {
            polled += streams.poll(to, limit - polled);
        }

        return polled;
    }

    private void requireOpen() {
        if (!reported && !isOpen()) {
            this.reported = true;
            throw new ParamException(Outcome.NOT_DONE, "Inbox has ended: inbox=" + address + trouble.get());
        }
    }

    @Override
    public boolean isOpen() {
        return memory.isOpen() && subscriptions.stream().noneMatch(Subscription::isClosed);
    }

    private void deliver(DirectBuffer buffer, int offset, int length) {
        handler.onFrame(buffer, offset, length);
    }

    @Override
    public void close() {
        memory.close();
        subscriptions.forEach(Subscription::close);
        if (streams != null) {
            streams.close();
        }
    }
}
