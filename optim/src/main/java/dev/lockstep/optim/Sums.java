package dev.lockstep.optim;

/** Sums over runs of a float array, in double and in an order that depends on the run's length alone. */
public final class Sums {
    private Sums() {}

    /** Four sums side by side, because one alone would wait for each of its additions. */
    public static double ofSquares(float[] values, int start, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = start;
        for (; i < end - 3; i += 4) {
            a += (double) values[i] * values[i];
            b += (double) values[i + 1] * values[i + 1];
            c += (double) values[i + 2] * values[i + 2];
            d += (double) values[i + 3] * values[i + 3];
        }
        for (; i < end; i++) {
            a += (double) values[i] * values[i];
        }

        return (a + b) + (c + d);
    }

    /** Of absolute values, in the same order. */
    public static double ofSizes(float[] values, int start, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = start;
        for (; i < end - 3; i += 4) {
            a += Math.abs(values[i]);
            b += Math.abs(values[i + 1]);
            c += Math.abs(values[i + 2]);
            d += Math.abs(values[i + 3]);
        }
        for (; i < end; i++) {
            a += Math.abs(values[i]);
        }

        return (a + b) + (c + d);
    }
}
