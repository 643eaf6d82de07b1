package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A number that changes when any bit of a frame does, or its length. It guards against other builds and damaged
 * packets, not against attackers.
 *
 * <p>Each round is a bijection of the running hash and of the word, so that two frames that differ in one word never
 * meet again in 64 bits; folding to 32 leaves one chance in four thousand million.
 */
final class Check {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int OFFSET = 4;

    private Check() {}

    /**
     * Over the first {@code covered} bytes of a frame, except those that hold the check itself.
     *
     * @param length of the whole frame
     */
    static int of(DirectBuffer frame, int offset, int covered, int length) {
        long hash = mix(length, frame.getInt(offset, LITTLE_ENDIAN));
        int index = offset + OFFSET + Integer.BYTES;
        int end = offset + covered;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            hash = mix(hash, frame.getLong(index, LITTLE_ENDIAN));
        }
        for (; index < end; index++) {
            hash = mix(hash, frame.getByte(index));
        }

        return (int) (hash ^ hash >>> 32);
    }

    static void write(MutableDirectBuffer frame, int offset, int covered, int length) {
        frame.putInt(offset + OFFSET, of(frame, offset, covered, length), LITTLE_ENDIAN);
    }

    static boolean fits(DirectBuffer frame, int offset, int covered, int length) {
        return frame.getInt(offset + OFFSET, LITTLE_ENDIAN) == of(frame, offset, covered, length);
    }

    private static long mix(long hash, long word) {
        return Long.rotateLeft(hash ^ word * FACTOR, 29) * FACTOR;
    }
}
