package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.PlacingHandler;
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
    /** What is read at once where words may have a place: all of a small frame, and little that has to be copied. */
    private static final int FEW = 8 << 10;
    /** Bytes of words for which it is worth asking. */
    private static final int WORTH_A_PLACE = 16 << 10;

    private final SocketChannel channel;
    private final Gate gate;
    private final SocketAddress from;
    private final UnsafeBuffer frames = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    /** The first byte of the next frame's length, and the end of what has arrived. */
    private int next;

    private int end;
    /** Bytes of the next frame's words that are in their place, and whether the rest is not wanted there. */
    private int placed;

    private boolean unwanted;
    private final ByteBuffer[] scattered = new ByteBuffer[2];

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
        if (polled == 0 && gate == Gate.OPEN && handler instanceof PlacingHandler placing) {
            return pollPlacing(placing, limit);
        }
        if (polled == 0 && read(MOST_CAPACITY) > 0) {
            polled = deliver(handler, limit);
        }

        return polled;
    }

    private int pollPlacing(PlacingHandler handler, int limit) throws IOException {
        int polled = 0;
        ByteBuffer place = place(handler);
        while (place != null && polled < limit && isFilled(place, handler)) {
            polled++;
            place = place(handler);
        }
        // What came whole behind the words is handed over first: the sender may have closed the connection.
        if (place == null && (hasFrame() || read(Math.max(FEW, missing())) > 0)) {
            polled += deliver(handler, limit - polled);
        }

        return polled;
    }

    /** Where the next of the words of a frame belong; null where they come behind its head. */
    private ByteBuffer place(PlacingHandler handler) throws IOException {
        int head = Integer.BYTES + handler.headLength();
        int length = end - next < head ? 0 : frames.getInt(next, ByteOrder.LITTLE_ENDIAN);
        requireFrame(length);
        if (Integer.BYTES + length - head < WORTH_A_PLACE) {
            return null;
        }

        ByteBuffer place = unwanted ? null : handler.place(frames, next + Integer.BYTES, length);
        if (place == null && placed == 0) {
            return null;
        }
        if (place == null) {
            this.unwanted = true;
            place = ByteBuffer.allocateDirect(Integer.BYTES + length - head);
        }

        place.position(place.position() + placed);
        if (placed == 0) {
            place.put(bytes.limit(end).position(next + head));
            this.placed = end - next - head;
            this.end = next + head;
        }

        return place;
    }

    /** Reads no more than the rest of the words and the next frame's head; returns whether the words are whole. */
    private boolean isFilled(ByteBuffer place, PlacingHandler handler) throws IOException {
        makeRoom();
        int head = end;
        int before = place.position();
        scattered[0] = place;
        scattered[1] = bytes.limit(2 * head).position(head);
        requireMore(channel.read(scattered));
        this.placed += place.position() - before;
        this.end = bytes.position();
        if (place.hasRemaining()) {
            return false;
        }

        boolean wanted = !unwanted;
        this.next = head;
        this.placed = 0;
        this.unwanted = false;
        if (wanted) {
            handler.onPlaced(frames, Integer.BYTES, frames.getInt(0, ByteOrder.LITTLE_ENDIAN));
        }

        return true;
    }

    /** Bytes of the next frame that have not come, as far as is known. */
    private int missing() throws IOException {
        int length = end - next < Integer.BYTES ? 0 : frames.getInt(next, ByteOrder.LITTLE_ENDIAN);
        requireFrame(length);
        return Integer.BYTES + length - (end - next);
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

    private int read(int most) throws IOException {
        makeRoom();
        bytes.limit(Math.min(bytes.capacity(), end + most)).position(end);
        int read = channel.read(bytes);
        requireMore(read);
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

    private static void requireMore(long read) throws IOException {
        if (read < 0) {
            throw new IOException("the sender has closed the connection");
        }
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
