package dev.lockstep.params.compress;

/** Conversion to the upper half of a float and back, as c10's {@code round_to_nearest_even} does it. */
final class BrainFloat {
    static final float LARGEST = 0x1.FEp127f;

    private static final int NAN = 0x7FC0;

    private BrainFloat() {}

    /** Rounded to the nearest, to even in the middle; above the largest to infinity. */
    static int bits(float value) {
        if (Float.isNaN(value)) {
            return NAN;
        }

        int word = Float.floatToRawIntBits(value);
        return word + 0x7FFF + (word >>> 16 & 1) >>> 16;
    }

    static float value(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
