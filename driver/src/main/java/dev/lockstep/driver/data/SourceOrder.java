package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.BadValue;
import dev.lockstep.driver.data.rows.RowBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Numbers the rows of a source: files by name, rows as they stand in them, however Spark cut and grouped the files.
 * Where a source is not made of files, partition after partition.
 */
final class SourceOrder implements Serializable {
    private static final Comparator<BlockSummary> ORDER = Comparator.comparing(BlockSummary::file)
            .thenComparing(BlockSummary::start)
            .thenComparing(BlockSummary::partition)
            .thenComparing(BlockSummary::ordinal);

    private final long[][] firstRows;
    private final long rows;
    private final long leftOut;
    private final BadRow badRow;
    private final float largestTarget;
    private final String largestPlace;
    private final float leastTarget;
    private final long fingerprint;

    private SourceOrder(
            long[][] firstRows,
            long rows,
            long leftOut,
            BadRow badRow,
            float largestTarget,
            String largestPlace,
            float leastTarget,
            long fingerprint) {
        this.firstRows = firstRows;
        this.rows = rows;
        this.leftOut = leftOut;
        this.badRow = badRow;
        this.largestTarget = largestTarget;
        this.largestPlace = largestPlace;
        this.leastTarget = leastTarget;
        this.fingerprint = fingerprint;
    }

    /** The first row with a bad value, which is a label or not. */
    private record BadRow(String message, boolean ofLabel) implements Serializable {}

    /**
     * Reads the whole source once.
     *
     * @throws DataException if there are no rows; bad values are told of by {@link #requireGood}
     */
    static SourceOrder of(JavaRDD<RowBlock> blocks, String source) {
        BlockSummary[] summaries = collect(blocks);
        Arrays.sort(summaries, ORDER);
        long[][] firstRows = new long[blocks.getNumPartitions()][];
        int[] sizes = new int[firstRows.length];
        for (BlockSummary summary : summaries) {
            sizes[summary.partition()] = Math.max(sizes[summary.partition()], summary.ordinal() + 1);
        }
        Arrays.setAll(firstRows, partition -> new long[sizes[partition]]);

        long row = 0;
        long read = 0;
        long fileStart = 0;
        BadRow bad = null;
        float largest = -1;
        String largestPlace = source;
        float least = Float.MAX_VALUE;
        long fingerprint = 0;
        String file = null;
        for (BlockSummary summary : summaries) {
            fileStart = summary.file().equals(file) ? fileStart : read;
            file = summary.file();
            bad = bad == null ? badRow(summary, read - fileStart, source) : bad;
            firstRows[summary.partition()][summary.ordinal()] = row;
            if (summary.largestTarget() > largest) {
                largest = summary.largestTarget();
                largestPlace = place(summary, source) + ", row=" + (read - fileStart + summary.largestRow() + 1);
            }
            least = Math.min(least, summary.leastTarget());
            fingerprint = Fingerprint.joined(fingerprint, summary.fingerprint(), summary.count());
            row += summary.count();
            read += summary.read();
        }
        if (row == 0) {
            throw new DataException("Data must have rows: " + source
                    + (read == 0 ? "" : ", left out for gaps=" + read + " of " + read));
        }
        if (bad == null && Arrays.stream(summaries).allMatch(BlockSummary::weightless)) {
            throw new DataException("Some row must have a weight above 0: " + source + ", rows=" + row);
        }
        return new SourceOrder(firstRows, row, read - row, bad, largest, largestPlace, least, fingerprint);
    }

    private static BlockSummary[] collect(JavaRDD<RowBlock> blocks) {
        return blocks.mapPartitionsWithIndex(
                        (partition, part) -> {
                            List<BlockSummary> summaries = new ArrayList<>();
                            part.forEachRemaining(
                                    block -> summaries.add(new BlockSummary(partition, summaries.size(), block)));
                            return summaries.iterator();
                        },
                        /* preservesPartitioning */ true)
                .collect()
                .toArray(new BlockSummary[0]);
    }

    /** Null if all are good. */
    private static BadRow badRow(BlockSummary summary, long rowsBefore, String source) {
        BadValue bad = summary.badValue();
        return bad == null
                ? null
                : new BadRow(bad.describe(place(summary, source), rowsBefore + summary.badRow() + 1), bad.isLabel());
    }

    private static String place(BlockSummary summary, String source) {
        return summary.file().isEmpty() ? source + ", partition=" + summary.partition() : "file=" + summary.file();
    }

    long rows() {
        return rows;
    }

    /** Rows of the source with gaps, which are not among {@link #rows}. */
    long leftOut() {
        return leftOut;
    }

    /** Whether the first bad value is a label. */
    boolean hasStrangeLabel() {
        return badRow != null && badRow.ofLabel;
    }

    /** @throws DataException for the first bad value in the source's order */
    void requireGood() {
        if (badRow != null) {
            throw new DataException(badRow.message);
        }
    }

    /** At least 0. */
    float largestTarget() {
        return largestTarget;
    }

    /** Tells these rows from others. */
    long fingerprint() {
        return fingerprint;
    }

    /** Where the largest target first stands, for messages. */
    String largestPlace() {
        return largestPlace;
    }

    /** Of the targets that are at least 0; the largest float if there is none. */
    float leastTarget() {
        return leastTarget;
    }

    /** Number, in the whole source, of the first row of a block. */
    long firstRow(int partition, int ordinal) {
        return firstRows[partition][ordinal];
    }
}
