package dev.lockstep.params.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A transport all of whose links are faulty, each by a seed of its own. */
public final class FaultyTransport implements Transport {
    private final Transport transport;
    private final Faults faults;
    private final Random seeds;
    private final FaultCounts counts = new FaultCounts();
    private final List<FaultyLink> links = new ArrayList<>();

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
    public Link connect(Address address, Traffic traffic) {
        FaultyLink link = new FaultyLink(
                transport.connect(address, traffic), faults, transport.clock(), seeds.nextLong(), counts);
        links.add(link);
        return link;
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
