package dev.lockstep.worker.safetensors;

import java.nio.ByteBuffer;

/** How a stored number is written: the types of a safetensors file that are read here. Little-endian. */
public enum DType {
    F64(8) {
        @Override
        double read(ByteBuffer bytes) {
            return bytes.getDouble();
        }
    },
    F32(4) {
        @Override
        double read(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
    F16(2) {
        @Override
        double read(ByteBuffer bytes) {
            return half(bytes.getShort());
        }
    },
    /** The upper half of an F32. */
    BF16(2) {
        @Override
        double read(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    },
    I64(8) {
        @Override
        double read(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    I32(4) {
        @Override
        double read(ByteBuffer bytes) {
            return bytes.getInt();
        }
    };

    private final int length;

    DType(int length) {
        this.length = length;
    }

    /** Bytes of one number. */
    public int length() {
        return length;
    }

    public boolean isWhole() {
        return this == I64 || this == I32;
    }

    abstract double read(ByteBuffer bytes);

    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }

        int widened = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }
}
