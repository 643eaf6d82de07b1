package dev.lockstep.params.link.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Where a process sleeps until one of its connections has something to read, or takes more. Thread-safe. */
public final class Arrivals implements AutoCloseable {
    private final Selector selector;

    public Arrivals() {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Selector cannot be opened", e);
        }
    }

    /** Wakes the sleeper for a connection from now on, until it is closed. */
    SelectionKey add(SocketChannel connection, int interest) throws ClosedChannelException {
        SelectionKey key = connection.register(selector, interest);
        selector.wakeup();
        return key;
    }

    /** Wakes the sleeper also when the connection takes more bytes, or no longer. */
    void awaitRoom(SelectionKey key, boolean wanted) {
        int interest = wanted ? SelectionKey.OP_WRITE : 0;
        if (key.isValid() && key.interestOps() != interest) {
            key.interestOps(interest);
            if (wanted) {
                selector.wakeup();
            }
        }
    }

    /** Sleeps until there is something to do, or for so many milliseconds; returns whether there is. One thread. */
    public boolean await(Duration atMost) {
        try {
            return selector.select(key -> {}, atMost.toMillis()) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Connections cannot be waited for", e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Selector cannot be closed", e);
        }
    }
}
