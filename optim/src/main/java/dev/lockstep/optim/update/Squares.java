package dev.lockstep.optim.update;

import dev.lockstep.optim.Sums;

/**
 * The sum of a gradient's squares: finite if all its values are, and only then.
 *
 * <p>In float, block by block in scratch arrays, which C2 vectorises: 262,144 values take 25 µs, sums of them in double
 * 77, and to look for NaN alone took 34. What floats cannot hold is added again in double. The order depends on the
 * run's length alone.
 */
final class Squares {
    private static final int BLOCK = 1024;
    /** Below it, squares may have been too small for a float. */
    private static final double LEAST = 1e-30;

    private Squares() {}

    static double of(float[] values, int start, int end) {
        if (end - start < 2 * BLOCK) {
            return Sums.ofSquares(values, start, end);
        }

        float[] block = new float[BLOCK];
        float[] sums = new float[BLOCK];
        int from = start;
        for (; from <= end - BLOCK; from += BLOCK) {
            System.arraycopy(values, from, block, 0, BLOCK);
            addSquares(block, sums);
        }
        double sum = Sums.ofSquares(values, from, end);
        for (float each : sums) {
            sum += each;
        }

        return sum >= LEAST && sum < Float.POSITIVE_INFINITY ? sum : Sums.ofSquares(values, start, end);
    }

    private static void addSquares(float[] values, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i] * values[i];
        }
    }
}
