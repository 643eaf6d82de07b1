package dev.lockstep.params.member;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.AwakeClock;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One member's end of the transport: its inbox, and an outbox to every other member it has spoken to. One thread at a
 * time.
 */
public final class Endpoint implements AutoCloseable {
    private final Transport transport;
    private final Inbox inbox;
    private final Clock clock;
    private final Map<Address, Outbox> byAddress = new LinkedHashMap<>();
    private final List<Outbox> outboxes = new ArrayList<>();
    private Session session = new Session(0, 0);

    public Endpoint(Transport transport) {
        this.transport = transport;
        this.inbox = transport.open();
        this.clock = new AwakeClock(transport.clock());
    }

    public Address address() {
        return inbox.address();
    }

    /** The member's own, by which this process's pauses are nobody's silence. */
    public Clock clock() {
        return clock;
    }

    /** What goes out from now on belongs to this session. */
    public void enter(Session next) {
        this.session = next;
    }

    public Session session() {
        return session;
    }

    /** The generation of a job that this endpoint has been part of last; 0 for another job. */
    public int generationOf(int job) {
        return session.job() == job ? session.generation() : 0;
    }

    /** The outbox to an inbox; linked at the first call, for the job of the session that was entered. */
    public Outbox to(Address address, Traffic traffic) {
        Outbox known = byAddress.get(address);
        if (known != null) {
            return known;
        }

        Outbox outbox = new Outbox(transport.connect(address, traffic, session.job()));
        byAddress.put(address, outbox);
        outboxes.add(outbox);
        return outbox;
    }

    /** The links to all others that this member has spoken to. */
    Map<Address, Link> links() {
        Map<Address, Link> links = new LinkedHashMap<>();
        byAddress.forEach((address, outbox) -> links.put(address, outbox.link()));
        return links;
    }

    /** Closes links to all others than these. */
    public void retain(Set<Address> addresses) {
        for (Address address : List.copyOf(byAddress.keySet())) {
            if (!addresses.contains(address)) {
                drop(byAddress.get(address));
            }
        }
    }

    private void drop(Outbox outbox) {
        byAddress.values().remove(outbox);
        outboxes.remove(outbox);
        outbox.clear();
        outbox.link().close();
    }

    /** Whether frames can still arrive. */
    public boolean isOpen() {
        return inbox.isOpen();
    }

    public int poll(FrameHandler handler, int limit) {
        return inbox.poll(handler, limit);
    }

    /**
     * Sends what there is room for; returns how much of it was finished.
     *
     * @throws ParamException once for a link that has ended; what waited for it is forgotten
     */
    public int flush() {
        int work = 0;
        for (int i = 0; i < outboxes.size(); i++) {
            Outbox outbox = outboxes.get(i);
            try {
                work += outbox.flush(session);
            } catch (ParamException e) {
                drop(outbox);
                throw e;
            }
        }

        return work;
    }

    /** Whether nothing waits to be sent. */
    public boolean isIdle() {
        return outboxes.stream().allMatch(Outbox::isEmpty);
    }

    /** Forgets everything that waits to be sent. */
    public void clear() {
        outboxes.forEach(Outbox::clear);
    }

    @Override
    public void close() {
        retain(Set.of());
        inbox.close();
    }
}
