package dev.lockstep.driver.data.source.idx;

import java.nio.ByteBuffer;

/** What an IDX file's numbers are. Big-endian. */
enum IdxType {
    UNSIGNED_BYTE(0x08, 1),
    BYTE(0x09, 1),
    SHORT(0x0B, 2),
    INT(0x0C, 4),
    FLOAT(0x0D, 4),
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Null for a code that does not exist. */
    static IdxType of(int code) {
        for (IdxType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    int bytes() {
        return bytes;
    }

    /** Whether it has numbers that a 32-bit float does not hold. */
    boolean exceedsFloat() {
        return this == INT || this == DOUBLE;
    }

    double next(ByteBuffer buffer) {
        return switch (this) {
            case UNSIGNED_BYTE -> buffer.get() & 0xFF;
            case BYTE -> buffer.get();
            case SHORT -> buffer.getShort();
            case INT -> buffer.getInt();
            case FLOAT -> buffer.getFloat();
            case DOUBLE -> buffer.getDouble();
        };
    }
}
