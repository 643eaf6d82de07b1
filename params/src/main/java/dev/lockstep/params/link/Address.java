package dev.lockstep.params.link;

import java.io.Serializable;
import java.util.UUID;

/**
 * Where an inbox is, and all that a sender needs to choose the shortest way to it: memory within the process, shared
 * memory within the host, UDP else.
 *
 * @param process of the inbox
 * @param host name or number under which other hosts reach it
 * @param port of UDP; 0 if the process cannot be reached from outside
 * @param directory of the process's media driver; empty if it has none
 * @param stream number of the inbox within its process
 */
public record Address(UUID process, String host, int port, String directory, int stream) implements Serializable {
    Address withStream(int number) {
        return new Address(process, host, port, directory, number);
    }

    /** As channels and URLs have it: IPv6 in brackets. */
    public static String endpoint(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return endpoint(host, port) + "/" + stream;
    }
}
