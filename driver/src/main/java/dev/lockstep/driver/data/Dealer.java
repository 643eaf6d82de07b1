package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.rows.RowFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Brings every row of a source to its worker: one shuffle, once, for the whole run. */
final class Dealer {
    private final DealSettings settings;

    Dealer(DealSettings settings) {
        this.settings = settings;
    }

    /** Runs the shuffle and has Spark keep the result. */
    PackedData deal(NumberedRows rows, RowPositions positions, Preprocess preprocess) {
        DataPlan plan = plan(rows.format(), positions, preprocess);
        SourceOrder order = rows.order();
        JavaRDD<PackedSlice> slices = JavaPairRDD.fromJavaRDD(rows.blocks()
                        .mapPartitionsWithIndex(
                                (partition, blocks) ->
                                        new DealtRows(new RowCursor(blocks, partition, order, positions), preprocess),
                                /* preservesPartitioning */ false))
                .repartitionAndSortWithinPartitions(new SlicePartitioner(settings.workers()))
                .mapPartitions(sorted -> new Packing(plan.dealing(), plan.format(), sorted))
                .setName("Examples of " + rows.source())
                .persist(StorageLevel.MEMORY_AND_DISK());
        long examples = slices.map(slice -> (long) slice.examples().count()).fold(0L, Long::sum);
        if (examples != positions.count()) {
            throw new IllegalStateException("Examples were lost while dealing: examples=" + examples + ", expected="
                    + positions.count() + ", " + rows.source());
        }
        return new PackedData(slices, plan);
    }

    private DataPlan plan(RowFormat raw, RowPositions positions, Preprocess preprocess) {
        RowFormat format =
                new RowFormat(raw.groups(), preprocess.outputWidth(raw.width()), raw.targets(), raw.weighted());
        Dealing dealing = new Dealing(positions.count(), settings.batch(), settings.dropLast());
        return new DataPlan(dealing, format, settings.seed(), positions.permutation() != null);
    }
}
