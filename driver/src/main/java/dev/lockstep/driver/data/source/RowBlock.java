package dev.lockstep.driver.data.source;

import dev.lockstep.worker.Examples;
import java.io.Serializable;

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
    private final Examples examples;
    private final int badRow;
    private final BadValue badValue;

    RowBlock(BlockBuilder builder, Examples examples) {
        this.file = builder.file();
        this.start = builder.start();
        this.examples = examples;
        this.badRow = builder.badRow();
        this.badValue = builder.badValue();
    }

    public String file() {
        return file;
    }

    public long start() {
        return start;
    }

    public Examples examples() {
        return examples;
    }

    /** Of the first row with a bad value, from 0 within this block. */
    public int badRow() {
        return badRow;
    }

    /** Null if every value is good. */
    public BadValue badValue() {
        return badValue;
    }
}
