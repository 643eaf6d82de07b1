package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.Gate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The one TCP port of a process, shared by all its inboxes. Thread-safe. */
public final class StreamPort implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    private final Map<Integer, StreamReceiver> receivers = new ConcurrentHashMap<>();
    private final int port;
    private final Greeter greeter;

    private StreamPort(ServerSocketChannel server, int port, UUID process, Arrivals arrivals) throws IOException {
        this.port = port;
        this.greeter = new Greeter(
                server, hello -> hello.process().equals(process) ? receivers.get(hello.stream()) : null, arrivals);
    }

    /**
     * Binds a port of one address and begins to answer.
     *
     * @param process that senders must name
     * @throws IOException if the port is taken, or the address is none of this machine's
     */
    public static StreamPort bind(String host, int port, UUID process, Arrivals arrivals) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(host, port), BACKLOG);
            StreamPort bound = new StreamPort(server, server.socket().getLocalPort(), process, arrivals);
            bound.greeter.start();
            return bound;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /**
     * A receiver for the inbox of that number.
     *
     * @param gate through which connections and their frames come
     */
    public StreamReceiver open(int stream, Gate gate) {
        StreamReceiver receiver = new StreamReceiver(gate, () -> receivers.remove(stream));
        receivers.put(stream, receiver);
        return receiver;
    }

    /** Takes no more connections; those of receivers stay theirs. */
    @Override
    public void close() {
        greeter.close();
    }
}
