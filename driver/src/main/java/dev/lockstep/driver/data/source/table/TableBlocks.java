package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.rows.BadValue;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.BlockBuilder;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.RowBlock;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Turns a partition of a table into blocks, each from one piece. */
final class TableBlocks implements Iterator<RowBlock> {
    private final BodyRows rows;
    private final RowReader reader;
    private final boolean exact;
    private final DoubleList numbers = new DoubleList();

    /**
     * @param rows as {@link BodyRows} wants them
     * @param exact whether features keep all digits of a double
     */
    TableBlocks(Iterator<Row> rows, RowReader reader, boolean exact) {
        this.rows = new BodyRows(rows, reader);
        this.reader = reader;
        this.exact = exact;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public RowBlock next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("Partition has no more blocks");
        }
        BlockBuilder block = new BlockBuilder(rows.file(), rows.start(), reader.format(), exact);
        while (rows.hasNext()
                && !block.full()
                && rows.start() == block.start()
                && rows.file().equals(block.file())) {
            BadValue badHeader = rows.badHeader();
            add(rows.next(), badHeader, block);
        }
        return block.build(reader.takeWords());
    }

    private void add(Row row, BadValue badHeader, BlockBuilder block) {
        if (badHeader != null) {
            block.addBad(badHeader);
            return;
        }
        try {
            if (reader.read(row, numbers)) {
                block.add(numbers.array());
            } else {
                block.leaveOut();
            }
        } catch (BadValueException e) {
            block.addBad(e.badValue());
        }
    }
}
