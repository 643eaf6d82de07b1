package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.source.RowBlock;
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
    private final float largestTarget;
    private final String largestPlace;
    private final float leastTarget;
    private final long fingerprint;

    private SourceOrder(
            long[][] firstRows,
            long rows,
            float largestTarget,
            String largestPlace,
            float leastTarget,
            long fingerprint) {
        this.firstRows = firstRows;
        this.rows = rows;
        this.largestTarget = largestTarget;
        this.largestPlace = largestPlace;
        this.leastTarget = leastTarget;
        this.fingerprint = fingerprint;
    }

    /**
     * Reads the whole source once.
     *
     * @throws DataException for the first bad value in the source's order, and if there are no rows
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
        long fileStart = 0;
        float largest = -1;
        String largestPlace = source;
        float least = Float.MAX_VALUE;
        long fingerprint = 0;
        String file = null;
        for (BlockSummary summary : summaries) {
            fileStart = summary.file().equals(file) ? fileStart : row;
            file = summary.file();
            requireGood(summary, row - fileStart, source);
            firstRows[summary.partition()][summary.ordinal()] = row;
            if (summary.largestTarget() > largest) {
                largest = summary.largestTarget();
                largestPlace = place(summary, source) + ", row=" + (row - fileStart + summary.largestRow() + 1);
            }
            least = Math.min(least, summary.leastTarget());
            fingerprint = Fingerprint.joined(fingerprint, summary.fingerprint(), summary.count());
            row += summary.count();
        }
        if (row == 0) {
            throw new DataException("Data must have rows: " + source);
        }
        return new SourceOrder(firstRows, row, largest, largestPlace, least, fingerprint);
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

    private static void requireGood(BlockSummary summary, long rowsBefore, String source) {
        if (summary.badValue() != null) {
            throw new DataException(
                    summary.badValue().describe(place(summary, source), rowsBefore + summary.badRow() + 1));
        }
    }

    private static String place(BlockSummary summary, String source) {
        return summary.file().isEmpty() ? source + ", partition=" + summary.partition() : "file=" + summary.file();
    }

    long rows() {
        return rows;
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
