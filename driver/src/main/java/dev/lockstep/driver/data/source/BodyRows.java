package dev.lockstep.driver.data.source;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * The rows of a partition of a table without the headers of its files. The last two columns are the file and where in
 * the file the task began to read.
 */
final class BodyRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final RowReader reader;
    private String file;
    private long start;
    private Row next;
    private BadValue badHeader;

    BodyRows(Iterator<Row> rows, RowReader reader) {
        this.rows = rows;
        this.reader = reader;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** Where the next row is. */
    String file() {
        return file;
    }

    long start() {
        return start;
    }

    /** What is wrong with the next row, which is a header then; null else. */
    BadValue badHeader() {
        return badHeader;
    }

    @Override
    public Row next() {
        if (next == null) {
            throw new NoSuchElementException("Partition has no more rows");
        }
        Row row = next;
        advance();
        return row;
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
