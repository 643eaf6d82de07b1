package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Seal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a connection to one inbox: makes it, says hello, waits for the answer, and begins again, ever less often, when
 * it breaks. Never blocks. One thread at a time.
 */
final class Dialer {
    private enum State {
        RESTING,
        CONNECTING,
        GREETING,
        OPEN,
        CLOSED
    }

    private static final long SHORTEST_REST_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_REST_NS = TimeUnit.SECONDS.toNanos(1);
    /** A packet that opens a connection may be lost; the system would ask again after ever longer times. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    /** The inbox's process gives a sign every second. */
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Address address;
    private final String from;
    private final Arrivals arrivals;
    private final Seal seal;
    private final ByteBuffer answer = ByteBuffer.allocate(1);
    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer hello;
    private State state = State.RESTING;
    private final ByteBuffer signs = ByteBuffer.allocate(64);
    private long heardNs;
    private long sinceNs;
    private long restNs;
    private String trouble = "";

    Dialer(Address address, String from, Arrivals arrivals, Seal seal) {
        this.address = address;
        this.from = from;
        this.arrivals = arrivals;
        this.seal = seal;
        this.sinceNs = System.nanoTime();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Does what can be done now; returns whether frames may be sent. */
    boolean advance() {
        try {
            return switch (state) {
                case RESTING -> isOver(restNs) && connect();
                case CONNECTING -> isInTime() && finishConnect();
                case GREETING -> isInTime() && greet();
                case OPEN -> !isOver(LOOK_NS) || listen();
                case CLOSED -> false;
            };
        } catch (IOException | RuntimeException e) {
            broken(e);
            return false;
        }
    }

    private boolean isOver(long ns) {
        return System.nanoTime() - sinceNs > ns;
    }

    private boolean isInTime() throws IOException {
        if (isOver(PATIENCE_NS)) {
            throw new IOException(
                    state == State.CONNECTING
                            ? "no answer to the connection"
                            : "connected, but the inbox is not there");
        }

        return true;
    }

    private boolean connect() throws IOException {
        InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
        if (to.isUnresolved()) {
            throw new IOException("the name cannot be resolved here");
        }

        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        enter(State.CONNECTING);
        return channel.connect(to) && finishConnect();
    }

    private boolean finishConnect() throws IOException {
        if (!channel.isConnected() && !channel.finishConnect()) {
            return false;
        }

        this.hello = new Hello(address.process(), address.stream(), seal.credential()).bytes();
        answer.clear();
        enter(State.GREETING);
        return greet();
    }

    private boolean greet() throws IOException {
        channel.write(hello);
        read(answer);
        if (!answer.hasRemaining()) {
            this.heardNs = System.nanoTime();
            this.key = arrivals.add(channel, 0);
            this.restNs = 0;
            this.trouble = "";
            enter(State.OPEN);
        }

        return state == State.OPEN;
    }

    /** That the inbox's process has gone, or can no longer be reached, is only seen by reading. */
    private boolean listen() throws IOException {
        this.sinceNs = System.nanoTime();
        int read = read(signs.clear());
        this.heardNs = read > 0 ? sinceNs : heardNs;
        if (sinceNs - heardNs > SILENCE_NS) {
            throw new IOException("no sign of life for " + TimeUnit.NANOSECONDS.toSeconds(sinceNs - heardNs) + " s");
        }

        return true;
    }

    private int read(ByteBuffer into) throws IOException {
        int read = channel.read(into);
        if (read < 0) {
            throw new IOException("the other side has closed the connection");
        }

        return read;
    }

    /** Writes what the connection takes now; returns whether that was all. */
    boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        arrivals.awaitRoom(key, bytes.hasRemaining());
        return !bytes.hasRemaining();
    }

    /** As {@link #write(ByteBuffer)}, one after the other. */
    boolean write(ByteBuffer[] both) throws IOException {
        channel.write(both);
        boolean isLeft = both[both.length - 1].hasRemaining();
        arrivals.awaitRoom(key, isLeft);
        return !isLeft;
    }

    /** Begins again, after a rest. */
    void broken(Exception cause) {
        this.trouble = ", " + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
        closeChannel();
        this.restNs = Math.max(SHORTEST_REST_NS, Math.min(LONGEST_REST_NS, 2 * restNs));
        enter(State.RESTING);
    }

    private void enter(State next) {
        this.state = next;
        this.sinceNs = System.nanoTime();
    }

    private void closeChannel() {
        if (channel != null) {
            Channels.close(channel);
            this.channel = null;
        }
    }

    /** For messages. */
    String describe() {
        return isOpen()
                ? "connected"
                : "not connected" + trouble + ": open TCP port " + address.port() + " of " + address.host() + " to "
                        + from;
    }

    void close() {
        closeChannel();
        enter(State.CLOSED);
    }
}
