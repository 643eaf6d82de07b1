package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.DirectBuffer;

/** Reads a message's body field by field, and refuses to read past its end or to leave anything over. */
final class BodyReader {
    private final DirectBuffer buffer;
    private final int end;
    private int index;

    BodyReader(DirectBuffer buffer, int start, int end) {
        this.buffer = buffer;
        this.index = start;
        this.end = end;
    }

    byte readByte() {
        return buffer.getByte(advance(Byte.BYTES));
    }

    int readInt() {
        return buffer.getInt(advance(Integer.BYTES), LITTLE_ENDIAN);
    }

    long readLong() {
        return buffer.getLong(advance(Long.BYTES), LITTLE_ENDIAN);
    }

    double readDouble() {
        return buffer.getDouble(advance(Double.BYTES), LITTLE_ENDIAN);
    }

    UUID readUuid() {
        return new UUID(readLong(), readLong());
    }

    /** A ushort of bytes, then UTF-8. */
    String readString() {
        int length = buffer.getShort(advance(Short.BYTES), LITTLE_ENDIAN) & 0xFFFF;
        byte[] bytes = new byte[length];
        buffer.getBytes(advance(length), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E readEnum(E[] values) {
        int ordinal = readByte();
        if (ordinal < 0 || ordinal >= values.length) {
            throw new ProtocolException("Body has an unknown kind: kind=" + ordinal + ", kinds=" + values.length);
        }

        return values[ordinal];
    }

    boolean hasMore() {
        return index < end;
    }

    /** To be called after the last field. */
    <T> T end(T message) {
        if (index != end) {
            throw new ProtocolException("Body is longer than its message: over=" + (end - index));
        }

        return message;
    }

    private int advance(int bytes) {
        if (bytes > end - index) {
            throw new ProtocolException("Body is shorter than its message: field=" + bytes + ", left=" + (end - index));
        }

        int at = index;
        index += bytes;
        return at;
    }
}
