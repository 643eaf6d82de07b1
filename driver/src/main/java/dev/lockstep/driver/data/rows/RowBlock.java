package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.worker.Examples;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Some consecutive rows of a piece of the source, checked and turned into numbers. A piece is what one task reads in a
 * stretch: a file, or the part of one that begins at {@code start}.
 *
 * <p>A row with a bad value is kept as zeros, so that it counts, and the first such row is noted: the driver, which
 * knows what lies before this piece, can then tell its number. A plain final class and not a record, because Spark
 * keeps it.
 */
public final class RowBlock implements Serializable {
    private final String file;
    private final long start;
    private final int count;
    /** Of each group row after row, in the one of the two that the format asks for; the other is null. */
    private final float[][] floats;

    private final double[][] doubles;
    private final float[] targets;
    private final float[] weights;
    private final int read;
    private final int[] sourceRows;
    private final int badRow;
    private final BadValue badValue;
    private final BlockWords words;

    RowBlock(BlockBuilder builder, BlockWords words) {
        this.file = builder.file();
        this.start = builder.start();
        this.count = builder.count();
        this.floats = builder.floats();
        this.doubles = builder.doubles();
        this.targets = builder.targets();
        this.weights = builder.weights();
        this.read = builder.read();
        this.sourceRows = builder.sourceRows();
        this.badRow = builder.badRow();
        this.badValue = builder.badValue();
        this.words = words;
    }

    private RowBlock(RowBlock other, CategoryNumbers[] numbers) {
        this.file = other.file;
        this.start = other.start;
        this.count = other.count;
        this.floats = other.floats == null ? null : other.floats.clone();
        this.doubles = other.doubles == null ? null : other.doubles.clone();
        this.targets = other.targets;
        this.weights = other.weights;
        this.read = other.read;
        this.sourceRows = other.sourceRows;
        this.badRow = other.badRow;
        this.badValue = other.badValue;
        this.words = null;
        for (int group = 0; group < groups(); group++) {
            if (floats == null) {
                doubles[group] = other.words.numbered(doubles[group], count, numbers);
            } else {
                floats[group] = other.words.numbered(floats[group], count, numbers);
            }
        }
    }

    /** A block whose categories have the numbers that they have in the training data. */
    public RowBlock numbered(CategoryNumbers[] numbers) {
        return new RowBlock(this, numbers);
    }

    /** Of the categories, while these have no numbers of their own; else null. */
    public BlockWords words() {
        return words;
    }

    public String file() {
        return file;
    }

    public long start() {
        return start;
    }

    public int count() {
        return count;
    }

    /** Rows of the source that were read for this block, with those that were left out for a gap. */
    public int read() {
        return read;
    }

    /** Which of the rows that were read a row is, from 0. */
    public int sourceRow(int row) {
        return sourceRows == null ? row : sourceRows[row];
    }

    public int groups() {
        return floats == null ? doubles.length : floats.length;
    }

    /** A copy of what one group has in a row. */
    public double[] features(int group, int row) {
        if (floats == null) {
            int width = doubles[group].length / count;
            return Arrays.copyOfRange(doubles[group], row * width, (row + 1) * width);
        }
        int width = floats[group].length / count;
        double[] copy = new double[width];
        for (int i = 0; i < width; i++) {
            copy[i] = floats[group][row * width + i];
        }
        return copy;
    }

    /**
     * All numbers as floats, and where doubles are kept, behind them what is lost of each; of categories something that
     * tells their words apart. Arrays may be live.
     */
    public Examples numbers() {
        if (floats != null) {
            float[][] told = floats.clone();
            Arrays.setAll(told, group -> told(floats[group]));
            return new Examples(count, told, targets, weights);
        }
        float[][] parts = new float[2 * doubles.length][];
        for (int group = 0; group < doubles.length; group++) {
            float[] rounded = new float[doubles[group].length];
            float[] lost = new float[rounded.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) doubles[group][i];
                lost[i] = (float) (doubles[group][i] - rounded[i]);
            }
            parts[group] = told(rounded);
            parts[doubles.length + group] = lost;
        }
        return new Examples(count, parts, targets, weights);
    }

    private float[] told(float[] rows) {
        return words == null ? rows : words.hashed(rows, count);
    }

    /** Row after row; the live array. */
    public float[] targets() {
        return targets;
    }

    /** Of each row; null where they have none; the live array. */
    public float[] weights() {
        return weights;
    }

    /** Of the first row with a bad value, from 0 among those that were read. */
    public int badRow() {
        return badRow;
    }

    /** Null if every value is good. */
    public BadValue badValue() {
        return badValue;
    }
}
