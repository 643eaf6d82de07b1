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
    private final DoubleList numbers = new DoubleList();
    private String file;
    private long start;
    private Row next;
    /** Of {@link #next}, if that is a header; null else. */
    private BadValue badHeader;

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
        BlockBuilder block = new BlockBuilder(file, start, reader.format(), reader.exact());
        while (next != null && !block.full() && start == block.start() && file.equals(block.file())) {
            add(next, block);
            advance();
        }
        return block.build();
    }

    private void add(Row row, BlockBuilder block) {
        if (badHeader != null) {
            block.addBad(badHeader);
            return;
        }
        try {
            reader.read(row, numbers);
            block.add(numbers.array(), reader.kept(row));
        } catch (BadValueException e) {
            block.addBad(e.badValue());
        }
    }

    /** To the next row that is none of a good header. */
    private void advance() {
        badHeader = null;
        boolean header;
        do {
            next = rows.hasNext() ? rows.next() : null;
            header = next != null && arrive(next) && reader.headed();
            badHeader = header ? reader.badHeader(next) : null;
        } while (header && badHeader == null);
    }

    /** Notes where the row is, and says whether it is the first of a file. */
    private boolean arrive(Row row) {
        String rowFile = row.getString(row.length() - 2);
        long rowStart = row.getLong(row.length() - 1);
        boolean changed = rowStart != start || !rowFile.equals(file);
        file = rowFile;
        start = rowStart;
        return changed && rowStart == 0;
    }
}
