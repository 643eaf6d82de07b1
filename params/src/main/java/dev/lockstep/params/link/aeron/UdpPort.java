package dev.lockstep.params.link.aeron;

import dev.lockstep.params.link.Address;
import io.aeron.Aeron;
import io.aeron.Subscription;
import java.util.function.Supplier;

/** The one UDP port of a process, shared by all its inboxes. Outlives the client that it was bound by. Thread-safe. */
final class UdpPort {
    private final Supplier<Aeron> client;
    private final String channel;
    private Subscription holder;

    /** @param client of this process's media driver; another one where the last has been closed */
    UdpPort(Supplier<Aeron> client, String host, int port) {
        this.client = client;
        this.channel = "aeron:udp?endpoint=" + Address.endpoint(host, port);
        this.holder = client.get().addSubscription(channel, 0);
    }

    synchronized Subscription subscribe(int stream) {
        if (holder.isClosed()) {
            this.holder = client.get().addSubscription(channel, 0);
        }

        return client.get().addSubscription(channel, stream);
    }
}
