package dev.lockstep.params.link.stream;

import dev.lockstep.params.link.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * What a sender says first on a new connection: which inbox of which process it wants. A port may have gone to another
 * process, and who does not know the process's random number gets no further.
 *
 * <pre>
 *    0  int     magic, 0x4C4B5354
 *    4  int     version, 2
 *    8  long×2  the process
 *   24  int     the inbox's number
 *   28  48 bytes credential: an empty frame, sealed; zeros where frames are not
 * </pre>
 *
 * Little-endian. The answer is one byte, {@link #WELCOME}; from then on each frame follows its length, an int.
 */
record Hello(UUID process, int stream, byte[] credential) {
    static final int LENGTH = 28 + Seal.CREDENTIAL;
    static final byte WELCOME = 1;

    private static final int MAGIC = 0x4C4B5354;
    private static final int VERSION = 2;

    ByteBuffer bytes() {
        return buffer().putInt(MAGIC)
                .putInt(VERSION)
                .putLong(process.getMostSignificantBits())
                .putLong(process.getLeastSignificantBits())
                .putInt(stream)
                .put(credential)
                .flip();
    }

    /** An empty buffer for one. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a filled buffer; null if it holds something else. */
    static Hello read(ByteBuffer bytes) {
        bytes.flip();
        boolean known = bytes.getInt() == MAGIC && bytes.getInt() == VERSION;
        if (!known) {
            return null;
        }

        UUID process = new UUID(bytes.getLong(), bytes.getLong());
        int stream = bytes.getInt();
        byte[] credential = new byte[Seal.CREDENTIAL];
        bytes.get(credential);
        return new Hello(process, stream, credential);
    }
}
