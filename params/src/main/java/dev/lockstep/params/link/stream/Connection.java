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

/** The receiving end of one link: cuts a stream into frames, which are read where they lie. One thread at a time. */
final class Connection {
    private static final int CAPACITY = 256 << 10;
    private static final int CACHE_LINE = 64;

    private final SocketChannel channel;
    private final Gate gate;
    private final SocketAddress from;
    private final ByteBuffer bytes;
    private final UnsafeBuffer frames;
    /** The first byte of the next frame's length, and the end of what has arrived. */
    private int next;

    private int end;

    Connection(SocketChannel channel, Gate gate) throws IOException {
        this.channel = channel;
        this.gate = gate;
        this.from = channel.getRemoteAddress();
        this.bytes = BufferUtil.allocateDirectAligned(CAPACITY, CACHE_LINE);
        this.frames = new UnsafeBuffer(bytes);
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
            boolean passed = gate.pass(frames, next + Integer.BYTES, length, handler, from);
            this.next += Integer.BYTES + length;
            if (!passed) {
                throw new IOException("what comes is not sealed for this inbox: from=" + from);
            }

            polled++;
        }

        return polled;
    }

    private int read() throws IOException {
        if (next > 0) {
            bytes.limit(end).position(next);
            bytes.compact();
            this.end -= next;
            this.next = 0;
        }

        bytes.limit(CAPACITY).position(end);
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

    private static void requireFrame(int length) throws IOException {
        if (length <= 0 || length > StreamLink.LONGEST_FRAME) {
            throw new IOException("what comes is no frame: length=" + length);
        }
    }

    void close() {
        Channels.close(channel);
    }
}
