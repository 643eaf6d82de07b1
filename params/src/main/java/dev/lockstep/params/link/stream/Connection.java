package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The receiving end of one link: cuts a stream into frames, which are read where they lie. Its memory grows with what
 * comes, because most connections carry messages alone. A frame of no length says nothing. One thread at a time.
 */
final class Connection {
    private static final int FIRST_CAPACITY = 8 << 10;
    private static final int MOST_CAPACITY = 256 << 10;
    private static final int CACHE_LINE = 64;

    private final SocketChannel channel;
    private final Gate gate;
    private final SocketAddress from;
    private final UnsafeBuffer frames = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    /** The first byte of the next frame's length, and the end of what has arrived. */
    private int next;

    private int end;

    Connection(SocketChannel channel, Gate gate) throws IOException {
        this.channel = channel;
        this.gate = gate;
        this.from = channel.getRemoteAddress();
        this.bytes = BufferUtil.allocateDirectAligned(FIRST_CAPACITY, CACHE_LINE);
        frames.wrap(bytes);
    }

    /**
     * Hands over at most so many frames; reads what has arrived when it has none whole.
     *
     * @throws IOException if nothing more will come, or what comes is no frame
     */
    int poll(FrameHandler handler, int limit) throws IOException {
        int polled = deliver(handler, limit);
        if (polled == 0 && read() > 0) {
            polled = deliver(handler, limit);
        }

        return polled;
    }

    /** Whether a whole frame is here that has not been handed over. */
    boolean hasFrame() {
        return end - next >= Integer.BYTES
                && end - next - Integer.BYTES >= frames.getInt(next, ByteOrder.LITTLE_ENDIAN);
    }

    private int deliver(FrameHandler handler, int limit) throws IOException {
        int polled = 0;
        while (polled < limit && hasFrame()) {
            int length = frames.getInt(next, ByteOrder.LITTLE_ENDIAN);
            requireFrame(length);
            int at = next + Integer.BYTES;
            // A handler may throw, and must not see the same frame for ever.
            this.next = at + length;
            if (length == 0) {
                continue;
            }

            polled++;
            if (!gate.pass(frames, at, length, handler, from)) {
                throw new IOException("what comes is not sealed for this inbox: from=" + from);
            }
        }

        return polled;
    }

    private int read() throws IOException {
        makeRoom();
        bytes.limit(bytes.capacity()).position(end);
        int read = channel.read(bytes);
        if (read < 0) {
            throw new IOException("the sender has closed the connection");
        }

        this.end += read;
        if (end >= Integer.BYTES) {
            requireFrame(frames.getInt(0, ByteOrder.LITTLE_ENDIAN));
        }

        return read;
    }

    /** Moves what is left to the front: into more memory where all of it was full. */
    private void makeRoom() {
        boolean full = end == bytes.capacity() && end < MOST_CAPACITY;
        bytes.limit(end).position(next);
        if (full) {
            ByteBuffer larger = BufferUtil.allocateDirectAligned(2 * bytes.capacity(), CACHE_LINE);
            this.bytes = larger.put(bytes);
            frames.wrap(bytes);
        } else {
            bytes.compact();
        }

        this.end -= next;
        this.next = 0;
    }

    private static void requireFrame(int length) throws IOException {
        if (length < 0 || length > StreamLink.LONGEST_FRAME) {
            throw new IOException("what comes is no frame: length=" + length);
        }
    }

    /** What was read and not handed over is lost. */
    void close() {
        this.next = end;
        Channels.close(channel);
    }
}
