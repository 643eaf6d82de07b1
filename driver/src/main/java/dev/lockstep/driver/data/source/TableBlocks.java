package dev.lockstep.driver.data.source;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Turns a partition of a table into blocks, each from one piece. The last two columns of its rows are the file and
 * where in the file the task began to read.
 */
final class TableBlocks implements Iterator<RowBlock> {
    private final Iterator<Row> rows;
    private final RowReader reader;
    private final FloatList numbers = new FloatList();
    private Row next;

    TableBlocks(Iterator<Row> rows, RowReader reader) {
        this.rows = rows;
        this.reader = reader;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RowBlock next() {
        if (next == null) {
            throw new NoSuchElementException("Partition has no more blocks");
        }
        BlockBuilder block = new BlockBuilder(file(next), start(next), reader.format());
        while (next != null
                && !block.full()
                && start(next) == block.start()
                && file(next).equals(block.file())) {
            add(next, block);
            advance();
        }
        return block.build();
    }

    private void add(Row row, BlockBuilder block) {
        try {
            reader.read(row, numbers);
            block.add(numbers.array());
        } catch (BadValueException e) {
            block.addBad(e.badValue());
        }
    }

    private void advance() {
        next = rows.hasNext() ? rows.next() : null;
    }

    private static String file(Row row) {
        return row.getString(row.length() - 2);
    }

    private static long start(Row row) {
        return row.getLong(row.length() - 1);
    }
}
