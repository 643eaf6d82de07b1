package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.stream.Arrivals;
import dev.lockstep.params.link.stream.StreamPort;
import io.aeron.Aeron;
import io.aeron.exceptions.RegistrationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one port of a process for both protocols.
 *
 * @param udp null without UDP
 * @param tcp null without TCP
 */
record Ports(int number, UdpPort udp, StreamPort tcp) implements AutoCloseable {
    /** So often a free port is asked for that somebody else takes at once. */
    private static final int TRIES = 10;

    /**
     * Binds the first free port of the settings' range, and holds it from then on.
     *
     * @param process that senders must name
     * @param client of this process's media driver; another one where the last has been closed
     */
    static Ports bind(NetworkSettings settings, String host, UUID process, Supplier<Aeron> client, Arrivals arrivals) {
        Exception last = null;
        for (int port : candidates(settings, host)) {
            StreamPort tcp = null;
            try {
                tcp = settings.protocol().hasTcp() ? StreamPort.bind(host, port, process, arrivals) : null;
                UdpPort udp = settings.protocol().hasUdp() ? new UdpPort(client, host, port) : null;
                return new Ports(port, udp, tcp);
            } catch (IOException | RegistrationException e) {
                last = e;
                if (tcp != null) {
                    tcp.close();
                }
            }
        }

        throw new ParamException(
                Outcome.REFUSED,
                "Ports are taken: host=" + host + ", firstPort=" + settings.firstPort() + ", lastPort="
                        + settings.lastPort() + ". Name other ports, or 0 for any free one.",
                last);
    }

    private static List<Integer> candidates(NetworkSettings settings, String host) {
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

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Address cannot be bound: host=" + host + ", reason=" + e.getMessage()
                            + ". Set spark.lockstep.bind to an address of this machine.",
                    e);
        }
    }

    @Override
    public void close() {
        if (tcp != null) {
            tcp.close();
        }
    }
}
