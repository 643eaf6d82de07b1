package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An inbox's end of all connections that lead to it. One thread at a time, but for what the greeter calls. */
public final class StreamReceiver implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StreamReceiver.class.getName());
    /** Connections at most: each member of a job has one, and a new one when it has lost it. */
    private static final int MOST = 4_096;

    private final Gate gate;
    private final Runnable onClose;
    private final Selector selector;
    private final Queue<SocketChannel> greeted = new ConcurrentLinkedQueue<>();
    private final List<SelectionKey> readable = new ArrayList<>();
    private final ArrayDeque<SelectionKey> waiting = new ArrayDeque<>();
    private volatile boolean closed;

    /** @param onClose once */
    StreamReceiver(Gate gate, Runnable onClose) {
        this.gate = gate;
        this.onClose = onClose;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Selector cannot be opened", e);
        }
    }

    /**
     * Whether a connection may come here. Asked before it takes a place or wakes anybody, so that whoever has no key
     * costs the greeter's time alone. Thread-safe.
     */
    boolean admits(byte[] credential, Object from) {
        return !closed && selector.keys().size() + greeted.size() < MOST && gate.admits(credential, from);
    }

    /** A sender has said that it wants this inbox. Thread-safe. */
    void add(SocketChannel connection) {
        greeted.add(connection);
        if (closed) {
            // Meanwhile, and perhaps it was not seen there.
            Channels.close(connection);
        }
    }

    /** Hands over frames, each sender's in their order; returns how many. A connection that fails is closed. */
    public int poll(FrameHandler handler, int limit) {
        welcome();
        if (selector.keys().isEmpty()) {
            return 0;
        }

        int polled = 0;
        for (int i = waiting.size(); i > 0 && polled < limit; i--) {
            polled += poll(waiting.remove(), handler, limit - polled);
        }
        if (polled < limit) {
            select();
        }
        for (SelectionKey key : readable) {
            polled += poll(key, handler, Math.max(1, limit - polled));
        }

        readable.clear();
        return polled;
    }

    private void welcome() {
        for (SocketChannel connection = greeted.poll(); connection != null; connection = greeted.poll()) {
            try {
                connection.register(selector, SelectionKey.OP_READ, new Connection(connection, gate));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "Connection was closed before it was used", e);
                Channels.close(connection);
            }
        }
    }

    private void select() {
        try {
            selector.selectNow(readable::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Connections cannot be read", e);
        }
    }

    private int poll(SelectionKey key, FrameHandler handler, int limit) {
        Connection connection = (Connection) key.attachment();
        try {
            return connection.poll(handler, limit);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Connection has ended", e);
            connection.close();
            return 0;
        } finally {
            // Also when the handler throws: the selector does not speak of what has been read.
            waiting.remove(key);
            if (connection.hasFrame()) {
                waiting.add(key);
            }
        }
    }

    @Override
    public void close() {
        this.closed = true;
        onClose.run();
        greeted.forEach(Channels::close);
        selector.keys().forEach(key -> Channels.close(key.channel()));
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Selector cannot be closed", e);
        }
    }
}
