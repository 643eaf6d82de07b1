package dev.lockstep.driver.data.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/** Blocks of a source whose rows are numbered from the start, so that each task knows which ones are its own. */
public final class IndexedBlocks implements Iterator<RowBlock> {
    /** Numbers that one partition reads: 16 MiB. */
    private static final int NUMBERS = 1 << 22;

    private final String file;
    private final RowFormat format;
    private final Rows rows;
    private final double[] row;
    private final boolean exact;
    private final long end;
    private long next;

    private IndexedBlocks(String file, RowFormat format, boolean exact, Rows rows, long start, long end) {
        this.file = file;
        this.format = format;
        this.rows = rows;
        this.exact = exact;
        this.row = new double[format.flatLength()];
        this.next = start;
        this.end = end;
    }

    /** Reads rows in rising order. Used by one task. */
    public interface Rows extends Closeable {
        /** @param into features, then targets, all to be overwritten */
        void read(long row, double[] into) throws IOException, BadValueException;
    }

    /** Begins to read, in a task. */
    public interface Opener extends Serializable {
        Rows open(long firstRow) throws IOException;
    }

    /** @param exact whether features keep all digits of a double */
    public static JavaRDD<RowBlock> of(
            SparkSession spark, String file, long count, RowFormat format, boolean exact, Opener opener) {
        long perPartition = Math.max(1, NUMBERS / Math.max(1, format.flatLength()));
        List<Long> starts = new ArrayList<>();
        for (long start = 0; start < count; start += perPartition) {
            starts.add(start);
        }
        return new JavaSparkContext(spark.sparkContext())
                .parallelize(starts, Math.max(1, starts.size()))
                .flatMap(start -> {
                    Rows rows = opener.open(start);
                    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(rows, file));
                    return new IndexedBlocks(file, format, exact, rows, start, Math.min(start + perPartition, count));
                });
    }

    private static void close(Rows rows, String file) {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException("File cannot be closed: file=" + file, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public RowBlock next() {
        if (next >= end) {
            throw new NoSuchElementException("Partition has no more blocks");
        }
        BlockBuilder block = new BlockBuilder(file, next, format, exact);
        while (next < end && !block.full()) {
            add(next++, block);
        }
        return block.build();
    }

    private void add(long index, BlockBuilder block) {
        try {
            rows.read(index, row);
            block.add(row);
        } catch (BadValueException e) {
            block.addBad(e.badValue());
        } catch (IOException e) {
            throw new UncheckedIOException("Row cannot be read: file=" + file + ", row=" + (index + 1), e);
        }
    }
}
