package dev.lockstep.params.link.stream;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A way to an inbox of another host over a connection of its own, which is made anew when it breaks. Many frames go out
 * in one write. What was under way in a broken connection is lost, and members ask for it again.
 */
public final class StreamLink implements Link {
    /** As long as within a machine. */
    static final int LONGEST_FRAME = 65_472;

    private static final int FIRST_CAPACITY = 8 << 10;
    private static final int MOST_CAPACITY = 256 << 10;
    /** Bytes that are worth a write before anybody flushes. */
    private static final int WORTH_A_WRITE = 64 << 10;

    private static final int CACHE_LINE = 64;

    private final Address address;
    private final Dialer dialer;
    private final UnsafeBuffer frames = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private final ByteBuffer[] gathered = new ByteBuffer[2];
    /** What has not been written: from {@code sent} up to {@code end}. */
    private int sent;

    private int end;
    private int length;
    private boolean isFull;
    private boolean closed;
    private final Nudges nudges = new Nudges();
    /** Whether something was sent since a flush that left nothing. */
    private boolean spoke;

    /**
     * @param from this process's own address, for messages
     * @param seal of the frames that will be sent: it vouches for the connection
     */
    public StreamLink(Address address, String from, Arrivals arrivals, Seal seal) {
        this.address = address;
        this.dialer = new Dialer(address, from, arrivals, seal);
        this.bytes = BufferUtil.allocateDirectAligned(FIRST_CAPACITY, CACHE_LINE);
        frames.wrap(bytes);
    }

    @Override
    public int maxFrameLength() {
        return LONGEST_FRAME;
    }

    @Override
    public boolean needsCheck() {
        return false;
    }

    @Override
    public MutableDirectBuffer claim(int frameLength) {
        if (closed) {
            throw new ParamException(Outcome.NOT_DONE, "Link has ended: link=" + describe());
        }
        if (!isConnected() || !makeRoom(Integer.BYTES + frameLength)) {
            return null;
        }

        this.length = frameLength;
        claimed.wrap(frames, end + Integer.BYTES, frameLength);
        return claimed;
    }

    private boolean makeRoom(int needed) {
        if (bytes.capacity() - end < needed && bytes.capacity() < MOST_CAPACITY) {
            move(BufferUtil.allocateDirectAligned(capacityFor(end - sent + needed), CACHE_LINE));
        }
        if (bytes.capacity() - end < needed) {
            write();
        }
        if (bytes.capacity() - end < needed && sent > 0) {
            move(bytes);
        }

        return bytes.capacity() - end >= needed && dialer.isOpen();
    }

    private static int capacityFor(int needed) {
        return Math.min(MOST_CAPACITY, BitUtil.findNextPositivePowerOfTwo(2 * needed));
    }

    /** What has not been written begins at the front of these bytes then. */
    private void move(ByteBuffer to) {
        ByteBuffer left = bytes.duplicate().limit(end).position(sent);
        this.bytes = to.clear().put(left);
        frames.wrap(bytes);
        this.end -= sent;
        this.sent = 0;
    }

    @Override
    public void commit() {
        frames.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        this.end += Integer.BYTES + length;
        this.spoke = true;
        if (end - sent >= WORTH_A_WRITE) {
            write();
        }
    }

    @Override
    public void flush() {
        if (isConnected() && end > sent) {
            write();
        }
        if (end == sent) {
            nudge(System.nanoTime());
        }
    }

    private void nudge(long nowNs) {
        if (spoke) {
            this.spoke = false;
            nudges.begin(nowNs);
        } else if (nudges.isDue(nowNs) && dialer.isOpen()) {
            frames.putInt(end, 0);
            this.end += Integer.BYTES;
            write();
        }
    }

    @Override
    public boolean gathers() {
        return true;
    }

    /** What the connection does not take now is copied; as long as some of that is left, there is no room for more. */
    @Override
    public boolean send(DirectBuffer head, int headLength, ByteBuffer words) {
        if (isFull) {
            flush();
        }
        if (isFull || claim(headLength + words.remaining()) == null) {
            return false;
        }

        claimed.putBytes(0, head, 0, headLength);
        frames.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        this.end += Integer.BYTES + headLength;
        this.spoke = true;
        gathered[0] = bytes.limit(end).position(sent);
        gathered[1] = words;
        try {
            this.isFull = !dialer.write(gathered);
            this.sent = bytes.position();
            bytes.limit(bytes.capacity()).position(end);
            this.end += words.remaining();
            bytes.put(words);
            reuse();
        } catch (IOException e) {
            dialer.broken(e);
            forget();
        }

        return true;
    }

    private void write() {
        bytes.limit(end).position(sent);
        try {
            this.isFull = !dialer.write(bytes);
            this.sent = bytes.position();
            reuse();
        } catch (IOException e) {
            dialer.broken(e);
            forget();
        }
    }

    private void reuse() {
        if (sent == end) {
            forget();
        }
    }

    private void forget() {
        this.sent = 0;
        this.end = 0;
        this.isFull = false;
    }

    /** Goes on with connecting, where that is not done. */
    @Override
    public boolean isConnected() {
        boolean open = !closed && dialer.advance();
        if (!open) {
            forget();
        }

        return open;
    }

    @Override
    public String describe() {
        return "tcp to " + address + ", " + dialer.describe() + (end > sent ? ", bytes waiting=" + (end - sent) : "");
    }

    @Override
    public void close() {
        if (!closed) {
            flush();
            this.closed = true;
            dialer.close();
        }
    }
}
