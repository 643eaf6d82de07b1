package dev.lockstep.params.shard;

/** Divides many values by the same one. */
final class Quotient {
    private static final int MANTISSA = (1 << 23) - 1;

    private Quotient() {}

    /**
     * A processor takes four times as long for a quotient as for a product. Of a power of two the reciprocal is exact,
     * and then both are the same bits: most batches have such a size.
     */
    static void replace(float[] values, float by) {
        if (isPowerOfTwo(by) && isPowerOfTwo(1 / by)) {
            multiply(values, 1 / by);
            return;
        }

        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
    }

    /** Or infinite or 0, whose reciprocals are 0 and infinite. */
    private static boolean isPowerOfTwo(float value) {
        return (Float.floatToRawIntBits(value) & MANTISSA) == 0;
    }

    private static void multiply(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
