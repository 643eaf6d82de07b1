package dev.lockstep.driver.metric;

/** Looks at one row of predictions. */
final class Columns {
    private Columns() {}

    /** Index of the first largest of {@code count} values. */
    static int largest(double[] values, int start, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[start + i] > values[start + best]) {
                best = i;
            }
        }

        return best;
    }
}
