package dev.lockstep.losses;

/**
 * Adds numbers up in four sums in turn, always in the same order: a single sum waits for each addition before the next.
 */
final class Sum {
    private Sum() {}

    static double of(double[] values, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < count; i++) {
            a += values[i];
        }

        return (a + b) + (c + d);
    }
}
