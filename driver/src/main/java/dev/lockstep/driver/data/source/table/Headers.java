package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import java.util.List;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;

/**
 * Lets the rows of files pass without their headers. The last three cells of each are the text of a row that could not
 * be taken apart, the file, and where in it the task began to read. Spark gives each task one of its own.
 */
public final class Headers implements FilterFunction<Row> {
    private final boolean headed;
    private final List<String> names;
    private final ReadPlace place = new ReadPlace();

    /**
     * @param headed whether the first row of each file is its header
     * @param names that it must have in its first cells, blank where any will do
     */
    public Headers(boolean headed, List<String> names) {
        this.headed = headed;
        this.names = names;
    }

    @Override
    public boolean call(Row row) {
        boolean header = place.arrive(row) && headed;
        if (!header || names.stream().anyMatch(name -> !name.isEmpty())) {
            requireWhole(row);
        }
        for (int i = 0; header && i < names.size(); i++) {
            if (!names.get(i).isEmpty() && !names.get(i).equals(row.get(i))) {
                throw new DataException("Files must have the same header: file=" + place.file() + ", column="
                        + names.get(i) + ", value=" + row.get(i));
            }
        }
        return !header;
    }

    private void requireWhole(Row row) {
        int text = row.length() - 3;
        if (!row.isNullAt(text)) {
            throw new DataException("Row must be whole: file=" + place.file() + ", value=" + row.get(text));
        }
    }
}
