package dev.lockstep.driver.data.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads one row of a table into numbers: the groups of features one after the other, then the targets.
 *
 * @param format what every row must have
 * @param corrupt index of the column in which Spark puts the text of rows that it could not take apart, -1 if there is
 *     none
 */
record RowReader(List<List<Column>> groups, List<Column> label, Targets targets, RowFormat format, int corrupt)
        implements Serializable {

    void read(Row row, FloatList into) throws BadValueException {
        into.clear();
        if (corrupt >= 0 && !row.isNullAt(corrupt)) {
            throw new BadValueException("Row must have the columns of the header", "all", row.getString(corrupt));
        }
        for (List<Column> group : groups) {
            readColumns("Features", group, format.width(), row, into);
        }
        readColumns("Labels", label, format.targets(), row, into);
        checkTargets(into);
    }

    private static void readColumns(String what, List<Column> columns, int expected, Row row, FloatList into)
            throws BadValueException {
        int start = into.size();
        for (Column column : columns) {
            column.read(row, into);
        }
        int found = into.size() - start;
        if (found != expected) {
            throw new BadValueException(
                    what + " of every row must be " + expected + " numbers", describe(columns), found + " numbers");
        }
    }

    private void checkTargets(FloatList numbers) throws BadValueException {
        for (int i = format.groups() * format.width(); i < numbers.size(); i++) {
            targets.check(numbers.get(i), describe(label));
        }
    }

    static String describe(List<Column> columns) {
        String first = columns.get(0).name();
        return columns.size() == 1
                ? first
                : first + ".." + columns.get(columns.size() - 1).name();
    }
}
