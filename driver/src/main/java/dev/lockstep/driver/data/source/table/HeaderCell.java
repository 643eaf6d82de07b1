package dev.lockstep.driver.data.source.table;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * Where a file's header has the name of a column that is read.
 *
 * @param element of the cell, if it is an array of several columns; {@link #WHOLE} if not
 */
record HeaderCell(String name, int cell, int element) implements Serializable {
    static final int WHOLE = -1;

    /** What stands there. */
    Object of(Row row) {
        return element == WHOLE ? row.get(cell) : row.getList(cell).get(element);
    }
}
