package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Inboxes of one process, reached through memory alone. */
public final class MemoryTransport implements Transport {
    private static final int VALUES_CAPACITY = 1 << 20;
    private static final int MESSAGES_CAPACITY = 1 << 16;

    private final Address base;
    private final Clock clock;
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<Integer, MemoryInbox> inboxes = new ConcurrentHashMap<>();

    public MemoryTransport(Clock clock) {
        this(new Address(UUID.randomUUID(), "localhost", 0, "", 0), clock);
    }

    /** @param base what the addresses of all inboxes have in common */
    public MemoryTransport(Address base, Clock clock) {
        this.base = base;
        this.clock = clock;
    }

    @Override
    public MemoryInbox open() {
        Address address = base.withStream(streams.incrementAndGet());
        MemoryInbox inbox = new MemoryInbox(address, closed -> inboxes.remove(closed.address().stream()));
        inboxes.put(address.stream(), inbox);
        return inbox;
    }

    @Override
    public MemoryLink connect(Address address, Traffic traffic, int job) {
        MemoryInbox inbox = inboxes.get(address.stream());
        if (!reaches(address) || inbox == null) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Inbox is not in this process or closed: inbox=" + address + ", open=" + inboxes.keySet());
        }

        return inbox.attach(traffic == Traffic.VALUES ? VALUES_CAPACITY : MESSAGES_CAPACITY);
    }

    public boolean reaches(Address address) {
        return address.process().equals(base.process());
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        inboxes.clear();
    }
}
