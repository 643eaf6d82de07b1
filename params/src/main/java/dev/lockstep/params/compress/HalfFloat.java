package dev.lockstep.params.compress;

/** Conversion to IEEE 754 half precision and back, as c10's {@code fp16_ieee_from_fp32_value} does it. */
final class HalfFloat {
    static final float LARGEST = 65_504;

    private static final float TO_INFINITY = 0x1p112f;
    private static final float TO_ZERO = 0x1p-110f;
    private static final int SMALLEST_BIAS = 0x71000000;
    private static final int NAN = 0x7E00;

    private HalfFloat() {}

    /** Rounded to the nearest, to even in the middle; above 65,519 to infinity. */
    static int bits(float value) {
        int word = Float.floatToRawIntBits(value);
        int sign = word >>> 16 & 0x8000;
        int shifted = word << 1;
        if (Integer.compareUnsigned(shifted, 0xFF000000) > 0) {
            return sign | NAN;
        }

        int exponent = shifted & 0xFF000000;
        int bias = Integer.compareUnsigned(exponent, SMALLEST_BIAS) < 0 ? SMALLEST_BIAS : exponent;
        // The addition rounds: the sum's last bit is the half's.
        float base = Math.abs(value) * TO_INFINITY * TO_ZERO + Float.intBitsToFloat((bias >>> 1) + 0x07800000);
        int rounded = Float.floatToRawIntBits(base);
        return sign | (rounded >>> 13 & 0x7C00) + (rounded & 0x0FFF);
    }

    static float value(int bits) {
        int sign = (bits & 0x8000) << 16;
        int shifted = (bits & 0x7FFF) << 17;
        boolean subnormal = Integer.compareUnsigned(shifted, 1 << 27) < 0;
        float magnitude = subnormal
                ? Float.intBitsToFloat(shifted >>> 17 | 126 << 23) - 0.5f
                : Float.intBitsToFloat((shifted >>> 4) + (0xE0 << 23)) * 0x1p-112f;
        return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
}
