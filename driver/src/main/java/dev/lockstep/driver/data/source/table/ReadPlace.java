package dev.lockstep.driver.data.source.table;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * Where the row at hand was read. The last two cells of each row are its file and where in it the task began to read.
 */
final class ReadPlace implements Serializable {
    private String file;
    private long start;

    String file() {
        return file;
    }

    long start() {
        return start;
    }

    /** Goes to the next row, and says whether it is the first of a file. */
    boolean arrive(Row row) {
        String rowFile = row.getString(row.length() - 2);
        long rowStart = row.getLong(row.length() - 1);
        boolean changed = rowStart != start || !rowFile.equals(file);
        file = rowFile;
        start = rowStart;
        return changed && rowStart == 0;
    }
}
