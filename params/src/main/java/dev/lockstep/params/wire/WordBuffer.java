package dev.lockstep.params.wire;

import java.lang.ref.Reference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Live memory of 4-byte words, on or off the heap, that frames are filled from and emptied into by one memcpy. Words
 * travel in the machine's own order, which is little-endian on all that is supported.
 */
public final class WordBuffer {
    public static final int WORD = Float.BYTES;

    private static final long FLOATS = UnsafeApi.arrayBaseOffset(float[].class);
    private static final long INTS = UnsafeApi.arrayBaseOffset(int[].class);
    private static final long DOUBLES = UnsafeApi.arrayBaseOffset(double[].class);
    private static final long ADDRESS = UnsafeApi.objectFieldOffset(Buffer.class, "address");

    private final Object array;
    private final long offset;
    private final int count;
    private final FloatBuffer owner;
    private final ByteBuffer bytes;

    private WordBuffer(Object array, long offset, int count, FloatBuffer owner, ByteBuffer bytes) {
        this.array = array;
        this.offset = offset;
        this.count = count;
        this.owner = owner;
        this.bytes = bytes;
    }

    public static WordBuffer of(float[] values) {
        return new WordBuffer(values, FLOATS, values.length, null, null);
    }

    public static WordBuffer of(int[] values) {
        return new WordBuffer(values, INTS, values.length, null, null);
    }

    /** Two words per value. */
    public static WordBuffer of(double[] values) {
        return new WordBuffer(values, DOUBLES, Math.multiplyExact(values.length, 2), null, null);
    }

    /** From {@code start} on, whatever the buffer's position. The buffer must be direct and native-ordered. */
    public static WordBuffer of(FloatBuffer values, int start, int count) {
        if (start < 0 || count < 0 || start > values.capacity() - count) {
            throw new IllegalArgumentException("Words must lie in the buffer: start=" + start + ", count=" + count
                    + ", capacity=" + values.capacity());
        }

        return new WordBuffer(null, UnsafeApi.getLong(values, ADDRESS) + (long) start * WORD, count, values, null);
    }

    /** As {@link #of(FloatBuffer, int, int)}, of memory that links can also read and write where it lies. */
    public static WordBuffer of(ByteBuffer values, int start, int count) {
        FloatBuffer floats =
                values.duplicate().clear().order(ByteOrder.nativeOrder()).asFloatBuffer();
        return of(floats, start, count).gathered(values.slice(start * WORD, count * WORD));
    }

    private WordBuffer gathered(ByteBuffer slice) {
        return new WordBuffer(array, offset, count, owner, slice);
    }

    public int count() {
        return count;
    }

    /** Words where they lie, until the next call; null if links cannot use them there. */
    ByteBuffer bytes(int start, int words) {
        requireInside(start, words);
        return bytes == null ? null : bytes.limit((start + words) * WORD).position(start * WORD);
    }

    /** Copies words from {@code start} on into a frame. */
    void write(int start, int words, MutableDirectBuffer frame, int index) {
        frame.boundsCheck(index, words * WORD);
        requireInside(start, words);
        UnsafeApi.copyMemory(array, at(start), frame.byteArray(), frame.addressOffset() + index, (long) words * WORD);
        Reference.reachabilityFence(owner);
    }

    /** Copies words out of a frame to {@code start}. */
    void read(int start, int words, DirectBuffer frame, int index) {
        frame.boundsCheck(index, words * WORD);
        requireInside(start, words);
        UnsafeApi.copyMemory(frame.byteArray(), frame.addressOffset() + index, array, at(start), (long) words * WORD);
        Reference.reachabilityFence(owner);
    }

    private long at(int start) {
        return offset + (long) start * WORD;
    }

    private void requireInside(int start, int words) {
        if (start < 0 || words < 0 || start > count - words) {
            throw new IllegalArgumentException(
                    "Words must lie in the memory: start=" + start + ", words=" + words + ", count=" + count);
        }
    }
}
