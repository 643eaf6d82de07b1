package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.rows.BadValue;
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
    private final ReadPlace place = new ReadPlace();
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
        return place.file();
    }

    long start() {
        return place.start();
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
            header = next != null && place.arrive(next) && reader.headed();
            badHeader = header ? reader.badHeader(next) : null;
        } while (header && badHeader == null);
    }
}
