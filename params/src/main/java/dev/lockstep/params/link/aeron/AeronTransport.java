package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Guard;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.JvmOptions;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.MemoryInbox;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Seal;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.link.Undisturbed;
import dev.lockstep.params.link.stream.Arrivals;
import dev.lockstep.params.link.stream.StreamLink;
import dev.lockstep.params.link.stream.StreamReceiver;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Between processes: memory within this one, Aeron's shared memory within this machine, Aeron's UDP beyond.
 *
 * <p>A link to another process of this machine lives in the <em>receiver's</em> media driver, so that a lost process
 * takes nothing with it but its own inboxes.
 */
public final class AeronTransport implements Transport {
    private static final String IPC = "aeron:ipc";

    private final TransportSettings settings;
    private final Guard guard;
    private final EmbeddedDriver driver;
    private final AeronClients clients;
    private final Arrivals arrivals;
    private final Ports ports;
    private final MemoryTransport memory;
    private final Address base;

    /** @param ports null where everybody is on this machine */
    private AeronTransport(
            TransportSettings settings,
            Guard guard,
            Address base,
            EmbeddedDriver driver,
            AeronClients clients,
            Arrivals arrivals,
            Ports ports) {
        this.settings = settings;
        this.guard = guard;
        this.base = base;
        this.driver = driver;
        this.clients = clients;
        this.arrivals = arrivals;
        this.ports = ports;
        this.memory = new MemoryTransport(base, Clock.SYSTEM);
    }

    /** Starts a media driver for this process and binds its port, if others may be on other machines. */
    public static AeronTransport launch(TransportSettings settings) {
        return launch(settings, Guard.NONE);
    }

    /** As {@link #launch(TransportSettings)}, with somebody who watches over what crosses the network. */
    public static AeronTransport launch(TransportSettings settings, Guard guard) {
        JvmOptions.require();
        return Undisturbed.call(() -> start(settings, guard));
    }

    private static AeronTransport start(TransportSettings settings, Guard guard) {
        NetworkSettings network = settings.network();
        OwnAddress own = network.leavesMachine() ? OwnAddress.of(network) : null;
        UUID process = UUID.randomUUID();
        EmbeddedDriver driver = EmbeddedDriver.launch(settings);
        AeronClients clients = new AeronClients(driver.folder());
        Arrivals arrivals = new Arrivals();
        try {
            Ports ports = own == null
                    ? null
                    : Ports.bind(network, own.bound(), process, () -> clients.of(driver.folder()), arrivals);
            String host = own == null ? network.host() : own.announced();
            Address base = new Address(process, host, ports == null ? 0 : ports.number(), driver.folder(), 0);
            ProcessMark.write(driver.shared(), base);
            return new AeronTransport(settings, guard, base, driver, clients, arrivals, ports);
        } catch (RuntimeException e) {
            arrivals.close();
            clients.close();
            driver.close();
            throw e;
        }
    }

    @Override
    public Inbox open() {
        MemoryInbox near = memory.open();
        try {
            int stream = near.address().stream();
            Gate gate = guard.before(near.address());
            StreamReceiver tcp =
                    ports == null || ports.tcp() == null ? null : ports.tcp().open(stream, gate);
            return Undisturbed.call(() -> new AeronInbox(near, ipc(stream), udp(stream), tcp, gate, clients::trouble));
        } catch (AeronException e) {
            near.close();
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Inbox cannot be opened: inbox=" + near.address() + ", folder=" + driver.folder() + ", reason="
                            + e.getMessage(),
                    e);
        }
    }

    private List<Subscription> ipc(int stream) {
        return settings.shortcuts() ? List.of(clients.of(driver.folder()).addSubscription(IPC, stream)) : List.of();
    }

    private List<Subscription> udp(int stream) {
        return ports != null && ports.udp() != null ? List.of(ports.udp().subscribe(stream)) : List.of();
    }

    @Override
    public Link connect(Address address, Traffic traffic, int job) {
        if (settings.shortcuts() && memory.reaches(address)) {
            return memory.connect(address, traffic, job);
        }

        boolean near = settings.shortcuts() && ProcessMark.isHere(address);
        if (!near && (ports == null || address.port() == 0)) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Process is gone, or on another machine where everybody should be on this one: inbox=" + address
                            + ", folder=" + address.directory());
        }

        return near ? ipc(address, traffic) : far(address, traffic, guard.seal(address, job));
    }

    private Link ipc(Address address, Traffic traffic) {
        int term = Math.min(SharedMemoryPlan.IPC_TERM, term(traffic));
        String channel =
                IPC + "?term-length=" + term + "|mtu=" + Math.min(driver.plan().ipcMtu(), term / 8);
        return publish(address.directory(), channel, address, /* isUdp */ false);
    }

    private Link far(Address address, Traffic traffic, Seal seal) {
        Link link =
                switch (settings.network().protocol()) {
                    case UDP -> udp(address, traffic);
                    case TCP -> tcp(address, seal);
                    case AUTO ->
                        traffic == Traffic.VALUES
                                ? new FallbackLink(tcp(address, seal), () -> udp(address, traffic))
                                : new FallbackLink(udp(address, traffic), () -> tcp(address, seal));
                };
        return seal.over(link);
    }

    private Link tcp(Address address, Seal seal) {
        return new StreamLink(address, base.host(), arrivals, seal);
    }

    private Link udp(Address address, Traffic traffic) {
        if (traffic == Traffic.VALUES) {
            driver.leavesMachine();
        }

        int term = term(traffic);
        String channel = "aeron:udp?endpoint=" + Address.endpoint(address.host(), address.port()) + "|term-length="
                + term + "|mtu=" + Math.min(settings.network().mtu(), term / 8);
        return publish(driver.folder(), channel, address, /* isUdp */ true);
    }

    private AeronLink publish(String folder, String channel, Address address, boolean isUdp) {
        try {
            ExclusivePublication publication =
                    Undisturbed.call(() -> clients.of(folder).addExclusivePublication(channel, address.stream()));
            return new AeronLink(publication, address, isUdp, clients::trouble);
        } catch (AeronException e) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Link cannot be made: inbox=" + address + ", channel=" + channel + ", reason=" + e.getMessage(),
                    e);
        }
    }

    private int term(Traffic traffic) {
        return traffic == Traffic.VALUES ? driver.plan().termLength() : SharedMemoryPlan.SHORTEST_TERM;
    }

    @Override
    public Optional<SharedFolder> folder() {
        return settings.shortcuts() ? Optional.of(driver.shared()) : Optional.empty();
    }

    @Override
    public Clock clock() {
        return Clock.SYSTEM;
    }

    @Override
    public boolean await(Duration atMost) {
        if (ports == null || ports.tcp() == null) {
            return Transport.super.await(atMost);
        }

        return arrivals.await(atMost);
    }

    @Override
    public void close() {
        memory.close();
        if (ports != null) {
            ports.close();
        }
        arrivals.close();
        Undisturbed.call(() -> {
            clients.close();
            driver.close();
            return null;
        });
    }

    AeronClients clients() {
        return clients;
    }
}
