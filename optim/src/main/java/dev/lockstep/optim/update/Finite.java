package dev.lockstep.optim.update;

import java.util.Arrays;

/**
 * Looks for NaN and infinity: x − x is 0 for every other number.
 *
 * <p>Block by block in a scratch array, which C2 vectorises; a loop with a condition takes three times as long.
 */
final class Finite {
    private static final int BLOCK = 1024;
    private static final float[] ZEROS = new float[BLOCK];

    private Finite() {}

    static boolean holds(float[] values, int start, int end) {
        float[] scratch = new float[Math.min(BLOCK, end - start)];
        for (int from = start; from < end; from += BLOCK) {
            int count = Math.min(BLOCK, end - from);
            System.arraycopy(values, from, scratch, 0, count);
            subtractItself(scratch);
            if (!Arrays.equals(scratch, 0, count, ZEROS, 0, count)) {
                return false;
            }
        }

        return true;
    }

    private static void subtractItself(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= values[i];
        }
    }
}
