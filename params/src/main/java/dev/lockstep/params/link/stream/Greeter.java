package dev.lockstep.params.link.stream;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The thread that takes new connections and hears which inbox they want. Whoever says nothing, or something else, is
 * sent away: after some seconds, or when too many wait. All others hear every second that this process lives.
 */
final class Greeter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Greeter.class.getName());
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST = 256;
    private static final long SIGN_MS = 1_000;
    private static final long JOIN_MS = 10_000;

    private final ServerSocketChannel server;
    private final Function<Hello, StreamReceiver> receivers;
    private final Arrivals arrivals;
    private final Selector selector;
    private final Set<Guest> guests = new LinkedHashSet<>();
    private final List<SocketChannel> welcomed = new ArrayList<>();
    private final ByteBuffer sign = ByteBuffer.wrap(new byte[] {Hello.WELCOME});
    private long signedNs = System.nanoTime();
    private final Thread thread = new Thread(this::run, "lockstep-greeter");
    private volatile boolean running = true;

    private static final class Guest {
        private final SocketChannel channel;
        private final ByteBuffer hello = Hello.buffer();
        private final long sinceNs = System.nanoTime();

        Guest(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** @param receivers null for a hello that nobody here wants */
    Greeter(ServerSocketChannel server, Function<Hello, StreamReceiver> receivers, Arrivals arrivals)
            throws IOException {
        this.server = server;
        this.receivers = receivers;
        this.arrivals = arrivals;
        this.selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (running) {
            try {
                selector.select(this::take, guests.isEmpty() && welcomed.isEmpty() ? 0 : SIGN_MS);
                sendAway();
                giveSigns();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "A connection could not be taken; the port stays open", e);
            }
        }
    }

    private void take(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                hear((Guest) key.attachment());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Connection has ended before it said what it wants", e);
            if (key.attachment() instanceof Guest guest) {
                leave(guest);
            }
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }

        channel.configureBlocking(false);
        Guest guest = new Guest(channel);
        channel.register(selector, SelectionKey.OP_READ, guest);
        guests.add(guest);
        if (guests.size() > MOST) {
            leave(guests.iterator().next());
        }
    }

    private void hear(Guest guest) throws IOException {
        if (guest.channel.read(guest.hello) < 0) {
            leave(guest);
        } else if (!guest.hello.hasRemaining()) {
            Hello hello = Hello.read(guest.hello);
            StreamReceiver receiver = hello == null ? null : receivers.apply(hello);
            if (receiver != null && receiver.admits(hello.credential(), guest.channel.getRemoteAddress())) {
                hand(guest, receiver);
            } else {
                leave(guest);
            }
        }
    }

    private void hand(Guest guest, StreamReceiver receiver) throws IOException {
        guests.remove(guest);
        guest.channel.keyFor(selector).cancel();
        receiver.add(guest.channel);
        arrivals.add(guest.channel, SelectionKey.OP_READ);
        welcomed.add(guest.channel);
        guest.channel.write(sign.rewind());
    }

    /**
     * A connection through which nothing gets any more looks as one on which nothing is to be said, for a quarter of an
     * hour; whoever sends would wait for it.
     */
    private void giveSigns() {
        long now = System.nanoTime();
        if (now - signedNs >= TimeUnit.MILLISECONDS.toNanos(SIGN_MS)) {
            this.signedNs = now;
            welcomed.removeIf(channel -> !takesSign(channel));
        }
    }

    private boolean takesSign(SocketChannel channel) {
        try {
            // What a full connection does not take now is said a second later.
            channel.write(sign.rewind());
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Connection has ended", e);
            return false;
        }
    }

    private void sendAway() {
        long now = System.nanoTime();
        for (Iterator<Guest> each = guests.iterator(); each.hasNext(); ) {
            Guest guest = each.next();
            if (now - guest.sinceNs > PATIENCE_NS) {
                each.remove();
                Channels.close(guest.channel);
            }
        }
    }

    private void leave(Guest guest) {
        guests.remove(guest);
        Channels.close(guest.channel);
    }

    @Override
    public void close() {
        this.running = false;
        selector.wakeup();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }

        guests.forEach(guest -> Channels.close(guest.channel));
        Channels.close(server);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Selector cannot be closed", e);
        }
    }
}
