package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int MESSAGES_TERM = 64 << 10;
    private static final String IPC = "aeron:ipc";

    private final TransportSettings settings;
    private final EmbeddedDriver driver;
    private final AeronClients clients;
    private final UdpPort udp;
    private final MemoryTransport memory;

    /** @param udp null where everybody is on this machine */
    private AeronTransport(TransportSettings settings, EmbeddedDriver driver, AeronClients clients, UdpPort udp) {
        this.settings = settings;
        this.driver = driver;
        this.clients = clients;
        this.udp = udp;
        int port = udp == null ? 0 : udp.port();
        Address base = new Address(UUID.randomUUID(), settings.host(), port, driver.folder(), 0);
        this.memory = new MemoryTransport(base, Clock.SYSTEM);
    }

    /** Starts a media driver for this process and binds its port, if others may be on other machines. */
    public static AeronTransport launch(TransportSettings settings) {
        JvmOptions.require();
        return Undisturbed.call(() -> start(settings));
    }

    private static AeronTransport start(TransportSettings settings) {
        EmbeddedDriver driver = EmbeddedDriver.launch(settings);
        AeronClients clients = new AeronClients(driver.folder());
        try {
            UdpPort udp = settings.leavesMachine() ? UdpPort.bind(() -> clients.of(driver.folder()), settings) : null;
            return new AeronTransport(settings, driver, clients, udp);
        } catch (RuntimeException e) {
            clients.close();
            driver.close();
            throw e;
        }
    }

    @Override
    public Inbox open() {
        MemoryInbox near = memory.open();
        try {
            return new AeronInbox(near, Undisturbed.call(() -> subscribe(near.address().stream())), clients::trouble);
        } catch (AeronException e) {
            near.close();
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Inbox cannot be opened: inbox=" + near.address() + ", folder=" + driver.folder() + ", reason="
                            + e.getMessage(),
                    e);
        }
    }

    private List<Subscription> subscribe(int stream) {
        List<Subscription> subscriptions = new ArrayList<>();
        if (settings.shortcuts()) {
            subscriptions.add(clients.of(driver.folder()).addSubscription(IPC, stream));
        }
        if (udp != null) {
            subscriptions.add(udp.subscribe(stream));
        }

        return subscriptions;
    }

    @Override
    public Link connect(Address address, Traffic traffic) {
        if (settings.shortcuts() && memory.reaches(address)) {
            return memory.connect(address, traffic);
        }

        boolean near = settings.shortcuts() && isHere(address.directory());
        if (!near && (udp == null || address.port() == 0)) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Process is gone, or on another machine where everybody should be on this one: inbox=" + address
                            + ", folder=" + address.directory());
        }

        return near ? ipc(address, traffic) : udp(address, traffic);
    }

    private static boolean isHere(String folder) {
        return !folder.isEmpty() && Files.isDirectory(Path.of(folder));
    }

    private Link ipc(Address address, Traffic traffic) {
        int term = term(traffic);
        String channel =
                IPC + "?term-length=" + term + "|mtu=" + Math.min(driver.plan().ipcMtu(), term / 8);
        return publish(address.directory(), channel, address, /* leavesMachine */ false);
    }

    private Link udp(Address address, Traffic traffic) {
        driver.leavesMachine();
        String channel =
                "aeron:udp?endpoint=" + address.host() + ":" + address.port() + "|term-length=" + term(traffic);
        return publish(driver.folder(), channel, address, /* leavesMachine */ true);
    }

    private AeronLink publish(String folder, String channel, Address address, boolean leavesMachine) {
        try {
            ExclusivePublication publication =
                    Undisturbed.call(() -> clients.of(folder).addExclusivePublication(channel, address.stream()));
            return new AeronLink(publication, address, leavesMachine, clients::trouble);
        } catch (AeronException e) {
            throw new ParamException(
                    Outcome.NOT_DONE,
                    "Link cannot be made: inbox=" + address + ", channel=" + channel + ", reason=" + e.getMessage(),
                    e);
        }
    }

    private int term(Traffic traffic) {
        return traffic == Traffic.VALUES ? driver.plan().termLength() : MESSAGES_TERM;
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
    public void close() {
        memory.close();
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
