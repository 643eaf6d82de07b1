package dev.lockstep.params.node;

import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.Endpoint;
import java.util.ArrayDeque;

/**
 * Endpoints of workers, kept from segment to segment: a link's memory costs more to make than a short epoch lasts.
 * Thread-safe.
 */
final class EndpointPool implements AutoCloseable {
    private final Transport transport;
    private final ArrayDeque<Endpoint> free = new ArrayDeque<>();

    EndpointPool(Transport transport) {
        this.transport = transport;
    }

    synchronized Endpoint take() {
        while (!free.isEmpty()) {
            Endpoint endpoint = free.pop();
            if (endpoint.isOpen()) {
                return endpoint;
            }

            endpoint.close();
        }

        return new Endpoint(transport);
    }

    synchronized void giveBack(Endpoint endpoint) {
        endpoint.clear();
        free.push(endpoint);
    }

    @Override
    public synchronized void close() {
        free.forEach(Endpoint::close);
        free.clear();
    }
}
