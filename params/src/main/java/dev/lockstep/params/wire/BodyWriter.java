package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;

/** Writes a message's body field by field. */
final class BodyWriter {
    private final MutableDirectBuffer buffer;
    private int index;

    BodyWriter(MutableDirectBuffer buffer, int start) {
        this.buffer = buffer;
        this.index = start;
    }

    BodyWriter writeByte(int value) {
        buffer.putByte(index, (byte) value);
        index += Byte.BYTES;
        return this;
    }

    BodyWriter writeInt(int value) {
        buffer.putInt(index, value, LITTLE_ENDIAN);
        index += Integer.BYTES;
        return this;
    }

    BodyWriter writeLong(long value) {
        buffer.putLong(index, value, LITTLE_ENDIAN);
        index += Long.BYTES;
        return this;
    }

    BodyWriter writeDouble(double value) {
        buffer.putDouble(index, value, LITTLE_ENDIAN);
        index += Double.BYTES;
        return this;
    }

    BodyWriter writeUuid(UUID value) {
        return writeLong(value.getMostSignificantBits()).writeLong(value.getLeastSignificantBits());
    }

    BodyWriter writeString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putShort(index, (short) bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(index + Short.BYTES, bytes);
        index += Short.BYTES + bytes.length;
        return this;
    }

    BodyWriter writeEnum(Enum<?> value) {
        return writeByte(value.ordinal());
    }

    int index() {
        return index;
    }
}
