package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.rows.BadValue;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.BlockWords;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads one row of a table into numbers: the groups of features one after the other, the targets, then the weight if
 * there is one. One thread.
 */
final class RowReader implements Serializable {
    private static final String MANY_LINES =
            "Where json is one array, or goes over several lines, options: {multiLine: true} reads it";

    private final RowColumns columns;
    private final RowFormat format;
    private final FeatureRule features;
    private final LabelReader labels;

    /**
     * @param selection what is known of the numbers
     * @param format what every row must have
     */
    RowReader(RowColumns columns, Selection selection, RowFormat format) {
        this.columns = columns;
        this.format = format;
        this.features = FeatureRule.of(selection);
        this.labels = new LabelReader(
                columns.label(), selection.targets(), selection.encoding().classes());
    }

    RowFormat format() {
        return format;
    }

    boolean headed() {
        return columns.headed();
    }

    /** Says whether there are numbers: not where a row with a gap is to be left out. Gaps that are filled are NaN. */
    boolean read(Row row, DoubleList into) throws BadValueException {
        into.clear();
        requireWhole(row);
        for (List<Column> group : columns.groups()) {
            int start = into.size();
            for (Column column : group) {
                column.read(row, into, features);
            }
            if (features.leavesOut() && into.hasNaN(start)) {
                return false;
            }
            for (CategoryColumn category : columns.categories()) {
                into.add(category.read(row));
            }
            requireCount("Features", group, format.width(), into.size() - start);
        }
        int start = into.size();
        labels.read(row, into);
        requireCount("Labels", columns.label(), format.targets(), into.size() - start);
        if (columns.weight() != null) {
            columns.weight().read(row, into, RowReader::requireWeight);
        }
        return true;
    }

    private static void requireWeight(double number, String column) throws BadValueException {
        if (number < 0) {
            throw new BadValueException("Weight must be at least 0", column, number);
        }
    }

    /** What {@link RowColumns#takeWords} gives. */
    BlockWords takeWords() {
        return columns.takeWords();
    }

    /** What is wrong with the header of a file, null if nothing is. */
    BadValue badHeader(Row row) {
        int corrupt = columns.corrupt();
        if (!columns.header().isEmpty() && corrupt >= 0 && !row.isNullAt(corrupt)) {
            return BadValue.inHeader("all", row.getString(corrupt));
        }
        for (HeaderCell cell : columns.header()) {
            if (!cell.name().equals(cell.of(row))) {
                return BadValue.inHeader(cell.name(), cell.of(row));
            }
        }
        return null;
    }

    private void requireWhole(Row row) throws BadValueException {
        int corrupt = columns.corrupt();
        if (corrupt >= 0 && !row.isNullAt(corrupt)) {
            String text = row.getString(corrupt);
            throw columns.headed()
                    ? new BadValueException("Row must have the columns of the header", "all", text)
                    : new BadValueException("Row must be whole, on a line of its own", "all", text, MANY_LINES);
        }
    }

    private static void requireCount(String what, List<Column> columns, int expected, int found)
            throws BadValueException {
        if (found != expected) {
            throw new BadValueException(
                    what + " of every row must be " + expected + " numbers",
                    describe(columns),
                    found + " numbers",
                    FormatProbe.PAD);
        }
    }

    static String describe(List<Column> columns) {
        String first = columns.get(0).name();
        return columns.size() == 1
                ? first
                : first + ".." + columns.get(columns.size() - 1).name();
    }
}
