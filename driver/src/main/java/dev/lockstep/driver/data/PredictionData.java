package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.source.RowBlock;
import dev.lockstep.driver.data.source.Selection;
import dev.lockstep.driver.data.source.Sources;
import dev.lockstep.driver.data.source.Unreadable;
import dev.lockstep.driver.job.Source;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Examples to predict for, and the columns that are to stand beside the predictions. Kept by Spark until {@link
 * #close}.
 */
public final class PredictionData implements AutoCloseable {
    private final PackedData examples;
    private final NumberedRows rows;

    private PredictionData(PackedData examples, NumberedRows rows) {
        this.examples = examples;
        this.rows = rows;
    }

    /** As {@link EvaluationData#load}. */
    public static PredictionData load(
            SparkSession spark, Source source, Selection selection, DealSettings deal, Preprocess preprocess) {
        return Unreadable.reading(source, () -> {
            NumberedRows rows = NumberedRows.read(Sources.decode(spark, source, selection));
            boolean dealt = false;
            try {
                PredictionData data = new PredictionData(EvaluationData.deal(rows, deal, preprocess), rows);
                dealt = true;
                return data;
            } finally {
                if (!dealt) {
                    rows.close();
                }
            }
        });
    }

    public PackedData examples() {
        return examples;
    }

    /** The columns to keep. */
    public StructType keptColumns() {
        return rows.kept();
    }

    /** Their cells, behind the number of the row. */
    public JavaRDD<Row> kept() {
        SourceOrder order = rows.order();
        return rows.blocks()
                .mapPartitionsWithIndex(
                        (partition, blocks) -> new KeptRows(blocks, partition, order), /* preservesPartitioning */
                        true);
    }

    /** Lets Spark forget the examples. */
    @Override
    public void close() {
        examples.unpersist();
        rows.close();
    }

    /** Of one partition. */
    private static final class KeptRows implements Iterator<Row> {
        private final Iterator<RowBlock> blocks;
        private final int partition;
        private final SourceOrder order;
        private RowBlock block;
        private int ordinal = -1;
        private int next;

        KeptRows(Iterator<RowBlock> blocks, int partition, SourceOrder order) {
            this.blocks = blocks;
            this.partition = partition;
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            while ((block == null || next == block.count()) && blocks.hasNext()) {
                block = blocks.next();
                ordinal++;
                next = 0;
            }
            return block != null && next < block.count();
        }

        @Override
        public Row next() {
            Object[] cells = block.kept(next);
            Object[] row = new Object[1 + cells.length];
            row[0] = order.firstRow(partition, ordinal) + next++;
            System.arraycopy(cells, 0, row, 1, cells.length);
            return RowFactory.create(row);
        }
    }
}
