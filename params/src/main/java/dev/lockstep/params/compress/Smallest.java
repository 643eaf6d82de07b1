package dev.lockstep.params.compress;

/**
 * The smallest of the k largest magnitudes, found by counting their leading bits.
 *
 * @param magnitude as the bits of a float without its sign; NaN is above infinity
 * @param ties how many of those that have this magnitude are among the k
 */
record Smallest(int magnitude, int ties) {
    private static final int[] SHIFTS = {20, 9, 0};
    private static final int[] WIDTHS = {11, 11, 9};

    static int magnitude(float value) {
        return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
    }

    /** @param k from 1 to the number of values; 0 if there are none */
    static Smallest of(float[] values, int k) {
        int prefix = 0;
        int left = k;
        for (int digit = 0; digit < SHIFTS.length && k > 0; digit++) {
            int[] counts = counts(values, prefix, SHIFTS[digit], WIDTHS[digit]);
            int bits = counts.length - 1;
            while (counts[bits] < left) {
                left -= counts[bits];
                bits--;
            }

            prefix |= bits << SHIFTS[digit];
        }

        return new Smallest(prefix, left);
    }

    /** How often each value of the bits from {@code shift} on occurs where those before are the prefix's. */
    private static int[] counts(float[] values, int prefix, int shift, int width) {
        int[] counts = new int[1 << width];
        int above = shift + width;
        for (float value : values) {
            int magnitude = magnitude(value);
            if (magnitude >>> above == prefix >>> above) {
                counts[magnitude >>> shift & counts.length - 1]++;
            }
        }

        return counts;
    }
}
