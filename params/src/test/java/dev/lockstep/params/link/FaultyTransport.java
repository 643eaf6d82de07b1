package dev.lockstep.params.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A transport all of whose links are faulty, each by a seed of its own. */
public final class FaultyTransport implements Transport {
    private final Transport transport;
    private final Faults faults;
    private final Random seeds;
    private final FaultCounts counts = new FaultCounts();
    private final List<FaultyLink> links = new ArrayList<>();
    private final Set<Way> cut = new HashSet<>();

    private record Way(Address to, Traffic traffic) {}

    public FaultyTransport(Transport transport, Faults faults, long seed) {
        this.transport = transport;
        this.faults = faults;
        this.seeds = new Random(seed);
    }

    @Override
    public Inbox open() {
        return transport.open();
    }

    @Override
    public Link connect(Address address, Traffic traffic, int job) {
        FaultyLink link = new FaultyLink(
                transport.connect(address, traffic, job),
                faults,
                transport.clock(),
                seeds.nextLong(),
                counts,
                () -> cut.contains(new Way(address, traffic)));
        links.add(link);
        return link;
    }

    /** From now on nothing of a kind gets to an address, as behind a firewall. */
    public void cut(Address to, Traffic traffic) {
        cut.add(new Way(to, traffic));
    }

    /** Lets all through again. */
    public void mend() {
        cut.clear();
    }

    /** Hands on what is due by now. */
    public void deliver() {
        links.forEach(FaultyLink::deliver);
    }

    public FaultCounts counts() {
        return counts;
    }

    @Override
    public Clock clock() {
        return transport.clock();
    }

    @Override
    public void close() {
        transport.close();
    }
}
