package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Exact medians of all features at once, gaps left out, in eight passes and little memory: a radix selection. Each pass
 * counts, among the values that begin with the bits found so far, those with each next byte.
 */
final class Medians {
    private static final int BITS = 8;
    private static final int BINS = 1 << BITS;

    private Medians() {}

    /**
     * @param counts values of each feature, above 0
     * @param pass counts what begins with these bits, over all rows
     */
    static double[] of(long[] counts, Function<Prefixes, long[][]> pass) {
        int width = counts.length;
        // Of an even number of values, the median lies between two.
        long[] ranks = new long[2 * width];
        for (int i = 0; i < width; i++) {
            ranks[i] = (counts[i] - 1) / 2;
            ranks[width + i] = counts[i] / 2;
        }
        Prefixes prefixes = new Prefixes(new long[2 * width], Long.SIZE);
        while (prefixes.shift > 0) {
            prefixes = next(prefixes, ranks, pass.apply(prefixes));
        }
        double[] medians = new double[width];
        for (int i = 0; i < width; i++) {
            medians[i] = (number(prefixes.bits[i]) + number(prefixes.bits[width + i])) / 2;
        }
        return medians;
    }

    /** One byte further; {@code ranks} become those among the values that begin so. */
    private static Prefixes next(Prefixes prefixes, long[] ranks, long[][] bins) {
        long[] bits = prefixes.bits.clone();
        for (int i = 0; i < bits.length; i++) {
            int bin = 0;
            while (ranks[i] >= bins[i][bin]) {
                ranks[i] -= bins[i][bin++];
            }
            bits[i] = bits[i] << BITS | bin;
        }
        return new Prefixes(bits, prefixes.shift - BITS);
    }

    /**
     * The first bits of each median.
     *
     * @param bits for each feature of the lower median, then for each of the upper
     * @param shift how many bits are not known
     */
    record Prefixes(long[] bits, int shift) implements Serializable {
        /** What a partition has, by the byte that follows. */
        Iterator<long[][]> count(Iterator<double[]> rows) {
            long[][] bins = new long[bits.length][BINS];
            int next = shift - BITS;
            rows.forEachRemaining(row -> {
                for (int i = 0; i < bits.length; i++) {
                    double value = row[i % row.length];
                    long key = key(value);
                    boolean begins = shift == Long.SIZE || key >>> shift == bits[i];
                    if (begins && !Double.isNaN(value)) {
                        bins[i][(int) (key >>> next) & (BINS - 1)]++;
                    }
                }
            });
            return List.<long[][]>of(bins).iterator();
        }
    }

    static long[][] plus(long[][] bins, long[][] others) {
        for (int i = 0; i < bins.length; i++) {
            for (int bin = 0; bin < BINS; bin++) {
                bins[i][bin] += others[i][bin];
            }
        }
        return bins;
    }

    /** Of unsigned bits that are ordered as the numbers are. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    private static double number(long key) {
        return Double.longBitsToDouble(key ^ (~key >> 63 | Long.MIN_VALUE));
    }
}
