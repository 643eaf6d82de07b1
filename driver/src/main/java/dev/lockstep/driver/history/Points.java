package dev.lockstep.driver.history;

/**
 * A figure over steps, of which each point may stand for several: their mean, and the lowest and the highest of them.
 * NaN where none of them is finite. The arrays belong to the reader.
 *
 * @param step the last one of each point
 */
public record Points(long[] step, double[] mean, double[] low, double[] high) {
    public static final Points NONE = new Points(new long[0], new double[0], new double[0], new double[0]);

    public int count() {
        return step.length;
    }
}
