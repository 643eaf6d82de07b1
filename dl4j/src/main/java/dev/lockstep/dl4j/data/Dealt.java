package dev.lockstep.dl4j.data;

import dev.lockstep.driver.DataException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * All shares of all batches, one partition for each worker, in the order of batches; Spark keeps them until
 * {@link #close}.
 *
 * @param examples in all batches together
 * @param batches every worker has a share of each
 * @param timeSteps of the longest sequences; 0 without any
 * @param isOneLength whether all sequences are as long
 */
public record Dealt(JavaRDD<PackedShare> shares, long examples, int batches, int timeSteps, boolean isOneLength)
        implements AutoCloseable {

    /** What a partition has. */
    private static final int EXAMPLES = 0;

    private static final int SHORTEST = 1;
    private static final int LONGEST = 2;

    /**
     * Reads the data sets once, in the order of their partitions.
     *
     * @param batch examples of a global batch
     * @throws DataException if there are none
     */
    public static Dealt of(JavaRDD<MultiDataSet> dataSets, int workers, int batch) {
        JavaRDD<PackedExamples> packed = dataSets.mapPartitionsWithIndex(new Check(), /* preservesPartitioning */ true);
        packed.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            List<long[]> sizes = packed.mapPartitions(Dealt::size).collect();
            long[] starts = new long[sizes.size()];
            long rows = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = rows;
                rows += sizes.get(i)[EXAMPLES];
            }
            if (rows == 0) {
                throw new DataException("There are no training examples: examples=0, partitions=" + starts.length);
            }
            return dealt(packed, sizes, new ShareRule(rows, batch, workers), starts);
        } finally {
            packed.unpersist();
        }
    }

    private static Dealt dealt(JavaRDD<PackedExamples> packed, List<long[]> sizes, ShareRule rule, long[] starts) {
        JavaPairRDD<Long, byte[]> pieces = packed.mapPartitionsWithIndex(
                        new Cut(rule, starts), /* preservesPartitioning */ false)
                .mapToPair(piece -> piece);
        JavaRDD<PackedShare> shares = pieces.repartitionAndSortWithinPartitions(new ByWorker(rule.workers()))
                .mapPartitions(new Merge(rule));
        shares.persist(StorageLevel.MEMORY_AND_DISK());
        shares.count();
        long shortest = sizes.stream().mapToLong(size -> size[SHORTEST]).min().orElse(0);
        long longest = sizes.stream().mapToLong(size -> size[LONGEST]).max().orElse(0);
        return new Dealt(shares, rule.rows(), rule.batches(), (int) longest, shortest >= longest);
    }

    private static Iterator<long[]> size(Iterator<PackedExamples> packed) {
        long[] size = {0, Integer.MAX_VALUE, 0};
        while (packed.hasNext()) {
            PackedExamples next = packed.next();
            size[EXAMPLES] += next.count;
            size[SHORTEST] = Math.min(size[SHORTEST], next.timeSteps);
            size[LONGEST] = Math.max(size[LONGEST], next.timeSteps);
        }
        return List.of(size).iterator();
    }

    /** Extents of the first features of one example. */
    public List<Integer> exampleShape() {
        long[] shape =
                shares.map(share -> share.examples().getFeatures(0).shape()).first();
        return Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
    }

    /** Spark may forget them. */
    @Override
    public void close() {
        shares.unpersist();
    }
}
