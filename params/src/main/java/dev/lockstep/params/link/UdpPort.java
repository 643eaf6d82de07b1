package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The one UDP port of a process, shared by all its inboxes. Outlives the client that it was bound by. Thread-safe. */
final class UdpPort {
    private static final String ANY_INTERFACE = "0.0.0.0";

    /** So often a free port is asked for that somebody else takes at once. */
    private static final int TRIES = 10;

    private final Supplier<Aeron> client;
    private final String channel;
    private final int port;
    private Subscription holder;

    private UdpPort(Supplier<Aeron> client, String host, int port) {
        this.client = client;
        this.channel = "aeron:udp?endpoint=" + host + ":" + port;
        this.port = port;
        this.holder = client.get().addSubscription(channel, 0);
    }

    /**
     * Binds the first free port of the settings' range, and holds it from then on.
     *
     * @param client of this process's media driver; another one where the last has been closed
     */
    static UdpPort bind(Supplier<Aeron> client, TransportSettings settings) {
        String host = interfaceOf(settings.host());
        RegistrationException last = null;
        for (int port : candidates(settings, host)) {
            try {
                return new UdpPort(client, host, port);
            } catch (RegistrationException e) {
                last = e;
            }
        }

        throw new ParamException(
                Outcome.REFUSED,
                "UDP ports are taken: host=" + settings.host() + ", firstPort=" + settings.firstPort() + ", lastPort="
                        + settings.lastPort() + ". Name other ports, or 0 for any free one.",
                last);
    }

    /**
     * The announced address if it is this machine's own. A name may mean another address elsewhere, and the address
     * behind which a container is reached is none of its own: then it is all interfaces.
     */
    static String interfaceOf(String host) {
        boolean isAddress = host.matches("[0-9.]+");
        return isAddress && freePort(host) > 0 ? host : ANY_INTERFACE;
    }

    private static List<Integer> candidates(TransportSettings settings, String host) {
        List<Integer> ports = new ArrayList<>();
        for (int port = settings.firstPort(); port <= settings.lastPort(); port++) {
            if (port > 0) {
                ports.add(port);
            }
        }
        for (int i = 0; i < TRIES && settings.firstPort() == 0; i++) {
            ports.add(i, freePort(host));
        }

        return ports;
    }

    /** 0 if there is none at this address. */
    private static int freePort(String host) {
        try (DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(host, 0))) {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            return 0;
        }
    }

    int port() {
        return port;
    }

    synchronized Subscription subscribe(int stream) {
        if (holder.isClosed()) {
            this.holder = client.get().addSubscription(channel, 0);
        }

        return client.get().addSubscription(channel, stream);
    }
}
