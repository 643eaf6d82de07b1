package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;

/**
 * The one UDP port of a process, shared by all its inboxes. Bound to all interfaces; others use the advertised host.
 */
final class UdpPort {
    /** Inboxes share the socket because their channels carry the same tag. */
    private static final int TAG = 1;

    private final Aeron aeron;
    private final String channel;
    private final int port;

    private UdpPort(Aeron aeron, String channel, int port) {
        this.aeron = aeron;
        this.channel = channel;
        this.port = port;
    }

    /** Binds the first free port of the settings' range; the returned port holds it until the client closes. */
    static UdpPort bind(Aeron aeron, NetworkSettings settings) {
        RegistrationException last = null;
        for (int port = settings.firstPort(); port <= settings.lastPort(); port++) {
            String channel = "aeron:udp?endpoint=0.0.0.0:" + port + "|tags=" + TAG;
            try {
                Subscription holder = aeron.addSubscription(channel, 0);
                return new UdpPort(aeron, channel, resolved(holder));
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

    private static int resolved(Subscription subscription) {
        long deadlineNs = System.nanoTime() + EmbeddedDriver.TIMEOUT.toNanos();
        String endpoint = subscription.resolvedEndpoint();
        while (endpoint == null) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new ParamException(
                        Outcome.NOT_DONE,
                        "UDP port was not bound in time: waitedMs=" + EmbeddedDriver.TIMEOUT.toMillis());
            }

            Thread.onSpinWait();
            endpoint = subscription.resolvedEndpoint();
        }

        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    int port() {
        return port;
    }

    Subscription subscribe(int stream) {
        return aeron.addSubscription(channel, stream);
    }
}
