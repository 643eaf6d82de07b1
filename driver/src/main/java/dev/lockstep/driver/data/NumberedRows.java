package dev.lockstep.driver.data;

import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.RowBlock;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.job.Category;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that has been read once, checked and numbered. Spark keeps the numbers until {@link #close}, so that the
 * passes to come need not read it again.
 */
final class NumberedRows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NumberedRows.class);

    private final Decoded decoded;
    private final JavaRDD<RowBlock> blocks;
    private final SourceOrder order;

    private NumberedRows(Decoded decoded, JavaRDD<RowBlock> blocks, SourceOrder order) {
        this.decoded = decoded;
        this.blocks = blocks;
        this.order = order;
    }

    /** @throws dev.lockstep.driver.DataException for the first bad value in the source's order */
    static NumberedRows read(Decoded decoded) {
        NumberedRows rows = readAny(decoded);
        boolean good = false;
        try {
            rows.order.requireGood();
            good = true;
            return rows;
        } finally {
            if (!good) {
                rows.close();
            }
        }
    }

    /** The same, with rows that may be bad. */
    static NumberedRows readAny(Decoded decoded) {
        JavaRDD<RowBlock> blocks = decoded.blocks().persist(StorageLevel.MEMORY_AND_DISK());
        boolean read = false;
        try {
            NumberedRows rows = new NumberedRows(decoded, blocks, SourceOrder.of(blocks, decoded.source()));
            read = true;
            if (rows.order.leftOut() > 0) {
                LOG.warn(
                        "Rows with gaps are left out: {}, rows={} of {}",
                        decoded.source(),
                        rows.order.leftOut(),
                        rows.order.rows() + rows.order.leftOut());
            }
            return rows;
        } finally {
            if (!read) {
                blocks.unpersist(/* blocking */ false);
            }
        }
    }

    JavaRDD<RowBlock> blocks() {
        return blocks;
    }

    SourceOrder order() {
        return order;
    }

    RowFormat format() {
        return decoded.format();
    }

    List<Integer> shape() {
        return decoded.shape();
    }

    /** Names of the columns, group by group; empty where the source has none. */
    List<List<String>> features() {
        return decoded.features();
    }

    /** Settings by column of categories whose words are still to be found. */
    Map<String, Category> categories() {
        return decoded.categories();
    }

    /** The same rows, whose categories have the numbers of their words; {@link #close} closes both. */
    NumberedRows numbered(Broadcast<CategoryNumbers[]> numbers) {
        JavaRDD<RowBlock> changed = blocks.map(block -> block.numbered(numbers.value()));
        return new NumberedRows(decoded, changed, order);
    }

    Encoding encoding() {
        return decoded.encoding();
    }

    String source() {
        return decoded.source();
    }

    @Override
    public void close() {
        blocks.unpersist(/* blocking */ false);
    }
}
