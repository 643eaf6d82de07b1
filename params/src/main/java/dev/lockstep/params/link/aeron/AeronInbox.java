package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.MemoryInbox;
import dev.lockstep.params.link.stream.StreamReceiver;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/** An inbox that is reached through memory, shared memory, UDP and TCP. Frames never come in several fragments. */
final class AeronInbox implements Inbox {
    private final MemoryInbox memory;
    private final Address address;
    private final List<Subscription> ipc;
    private final List<Subscription> udp;
    private final StreamReceiver tcp;
    private final Gate gate;
    private final Supplier<String> trouble;
    private final FragmentHandler near = (buffer, offset, length, header) -> deliver(buffer, offset, length);
    private final FragmentHandler far = this::pass;
    private FrameHandler handler;
    private boolean reported;

    /**
     * @param tcp null without TCP
     * @param gate through which comes what the network brings
     * @param trouble of Aeron's own threads, for messages
     */
    AeronInbox(
            MemoryInbox memory,
            List<Subscription> ipc,
            List<Subscription> udp,
            StreamReceiver tcp,
            Gate gate,
            Supplier<String> trouble) {
        this.memory = memory;
        this.address = memory.address();
        this.ipc = ipc;
        this.udp = udp;
        this.tcp = tcp;
        this.gate = gate;
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
        polled += poll(ipc, near, limit - polled);
        polled += poll(udp, far, limit - polled);
        if (tcp != null && polled < limit) {
            polled += tcp.poll(to, limit - polled);
        }

        return polled;
    }

    private static int poll(List<Subscription> subscriptions, FragmentHandler handler, int limit) {
        int polled = 0;
        for (int i = 0; i < subscriptions.size() && polled < limit; i++) {
            polled += subscriptions.get(i).poll(handler, limit - polled);
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
        return memory.isOpen() && areOpen(ipc) && areOpen(udp);
    }

    private static boolean areOpen(List<Subscription> subscriptions) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).isClosed()) {
                return false;
            }
        }

        return true;
    }

    private void deliver(DirectBuffer buffer, int offset, int length) {
        handler.onFrame(buffer, offset, length);
    }

    private void pass(DirectBuffer buffer, int offset, int length, Header header) {
        gate.pass(buffer, offset, length, handler, ((Image) header.context()).sourceIdentity());
    }

    @Override
    public void close() {
        memory.close();
        ipc.forEach(Subscription::close);
        udp.forEach(Subscription::close);
        if (tcp != null) {
            tcp.close();
        }
    }
}
