package dev.lockstep.params.plane;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flat vector in memory that several threads and processes see, with a stamp for each of its ranges: of which step
 * its values are. Whoever writes values stamps them afterwards; whoever has read a stamp may read the values. One
 * thread may write a range at a time.
 *
 * <pre>
 *   stamp, for each range 64 bytes, a cache line of its own
 *    0  long    step · 256 + flags; 0 before the first
 *    8  double  of a gradient the weight of its share; of values the sum of squares of the gradient they came by
 * </pre>
 */
public final class Region {
    static final int STAMP = 64;
    private static final int FIGURE = 8;
    private static final int FLAG_BITS = 8;

    private final UnsafeBuffer stamps;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;

    /**
     * @param stamps {@value #STAMP} bytes for each range, zeros
     * @param floats the vector, direct and native-ordered
     */
    Region(ByteBuffer stamps, ByteBuffer floats) {
        this.stamps = new UnsafeBuffer(stamps);
        this.bytes = floats;
        this.floats = floats.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** The whole vector; live. */
    public FloatBuffer floats() {
        return floats;
    }

    /** The bytes of {@link #floats}; live. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * The values of a range are whole.
     *
     * @param flags what a frame's flag byte would say
     * @param figure a weight, or a sum of squares
     */
    public void stamp(int range, long step, int flags, double figure) {
        stamps.putDouble(range * STAMP + FIGURE, figure, LITTLE_ENDIAN);
        stamps.putLongOrdered(range * STAMP, step << FLAG_BITS | flags);
    }

    /** Whether the values of a range are those of a step. */
    public boolean stands(int range, long step) {
        return stamps.getLongVolatile(range * STAMP) >> FLAG_BITS == step;
    }

    /** Of the last stamp. */
    public int flags(int range) {
        return (int) stamps.getLongVolatile(range * STAMP) & (1 << FLAG_BITS) - 1;
    }

    /** Of the last stamp. */
    public double weight(int range) {
        return figure(range);
    }

    /** Of the last stamp of values. */
    public double squares(int range) {
        return figure(range);
    }

    private double figure(int range) {
        return stamps.getDouble(range * STAMP + FIGURE, LITTLE_ENDIAN);
    }
}
