package dev.lockstep.driver.data.rows;

import java.util.Arrays;

/** Collects rows of one piece of the source until there are enough for a block. Not thread-safe. */
public final class BlockBuilder {
    private static final int MAX_ROWS = 4096;
    /** 1 MiB of floats, so that a block is worth a task's while and small beside its memory. */
    private static final int MAX_NUMBERS = 1 << 18;

    private final String file;
    private final long start;
    private final RowFormat format;
    private final int room;
    private final float[][] floats;
    private final double[][] doubles;
    private final float[] targets;
    private final float[] weights;
    /** Of the rows that are here, from 0, all rows that were read counted. */
    private final int[] sourceRows;

    private int count;
    private int read;
    private int badRow = -1;
    private BadValue badValue;

    /** @param exact whether features keep all digits of a double */
    public BlockBuilder(String file, long start, RowFormat format, boolean exact) {
        this.file = file;
        this.start = start;
        this.format = format;
        this.room = Math.max(1, Math.min(MAX_ROWS, MAX_NUMBERS / Math.max(1, format.flatLength())));
        this.floats = exact ? null : new float[format.groups()][room * format.width()];
        this.doubles = exact ? new double[format.groups()][room * format.width()] : null;
        this.targets = new float[room * format.targets()];
        this.weights = format.weighted() ? new float[room] : null;
        this.sourceRows = new int[room];
    }

    public String file() {
        return file;
    }

    public long start() {
        return start;
    }

    int count() {
        return count;
    }

    /** Rows that were read, with those that were left out. */
    int read() {
        return read;
    }

    int badRow() {
        return badRow;
    }

    BadValue badValue() {
        return badValue;
    }

    public boolean full() {
        return count == room;
    }

    /** @param row groups, targets and weight one after the other; copied */
    public void add(double[] row) {
        int width = format.width();
        int next = 0;
        for (int group = 0; group < format.groups(); group++, next += width) {
            if (doubles != null) {
                System.arraycopy(row, next, doubles[group], count * width, width);
            } else {
                narrow(row, next, floats[group], count * width, width);
            }
        }
        narrow(row, next, targets, count * format.targets(), format.targets());
        if (weights != null) {
            weights[count] = (float) row[next + format.targets()];
        }
        arrive();
    }

    private void arrive() {
        sourceRows[count++] = read++;
    }

    /** Counts a row of which nothing is kept. */
    public void leaveOut() {
        read++;
    }

    private static void narrow(double[] from, int start, float[] to, int toStart, int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] = (float) from[start + i];
        }
    }

    public void addBad(BadValue bad) {
        if (badValue == null) {
            badRow = read;
            badValue = bad;
        }
        arrive();
    }

    public RowBlock build() {
        return build(/* words */ null);
    }

    /** @param words of the categories; null where there are none or where they have their numbers */
    public RowBlock build(BlockWords words) {
        return new RowBlock(this, words);
    }

    /** Cut to the rows that are there; null where doubles are kept. */
    float[][] floats() {
        if (floats == null) {
            return null;
        }
        float[][] cut = new float[floats.length][];
        Arrays.setAll(cut, group -> Arrays.copyOf(floats[group], count * format.width()));
        return cut;
    }

    /** Cut to the rows that are there; null where floats are kept. */
    double[][] doubles() {
        if (doubles == null) {
            return null;
        }
        double[][] cut = new double[doubles.length][];
        Arrays.setAll(cut, group -> Arrays.copyOf(doubles[group], count * format.width()));
        return cut;
    }

    float[] targets() {
        return Arrays.copyOf(targets, count * format.targets());
    }

    /** Null where rows have no weights. */
    float[] weights() {
        return weights == null ? null : Arrays.copyOf(weights, count);
    }

    /** Null where none was left out. */
    int[] sourceRows() {
        return read == count ? null : Arrays.copyOf(sourceRows, count);
    }
}
