package dev.lockstep.driver.data.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads one row of a table into numbers: the groups of features one after the other, then the targets.
 *
 * @param format what every row must have
 * @param exact whether features keep all digits of a double
 * @param indices features are whole numbers from 0 to below this; 0 where they may be any numbers
 * @param corrupt cell with the text of rows that could not be taken apart, -1 if there is none
 * @param kept cells that are handed on
 * @param headed whether the first row of each file is its header
 * @param header the names that it must have
 */
record RowReader(
        List<List<Column>> groups,
        List<Column> label,
        TargetSpec targets,
        RowFormat format,
        boolean exact,
        int indices,
        int corrupt,
        List<Integer> kept,
        boolean headed,
        List<HeaderCell> header)
        implements Serializable {
    private static final String MANY_LINES =
            "Where json is one array, or goes over several lines, options: {multiLine: true} reads it";

    void read(Row row, DoubleList into) throws BadValueException {
        into.clear();
        requireWhole(row);
        for (List<Column> group : groups) {
            readColumns("Features", group, format.width(), row, into, this::checkFeature);
        }
        try {
            readColumns("Labels", label, format.targets(), row, into, this::checkLabel);
        } catch (BadValueException e) {
            throw targets.kind() == TargetSpec.Kind.CLASSES ? e.wayOut("Classes are numbered 0, 1, 2, ...") : e;
        }
    }

    /** What is handed on of a row. */
    Object[] kept(Row row) {
        Object[] cells = new Object[kept.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.get(kept.get(i));
        }
        return cells;
    }

    /** What is wrong with the header of a file, null if nothing is. */
    BadValue badHeader(Row row) {
        if (!header.isEmpty() && corrupt >= 0 && !row.isNullAt(corrupt)) {
            return BadValue.inHeader("all", row.getString(corrupt));
        }
        for (HeaderCell cell : header) {
            if (!cell.name().equals(cell.of(row))) {
                return BadValue.inHeader(cell.name(), cell.of(row));
            }
        }
        return null;
    }

    private void requireWhole(Row row) throws BadValueException {
        if (corrupt >= 0 && !row.isNullAt(corrupt)) {
            String text = row.getString(corrupt);
            throw headed
                    ? new BadValueException("Row must have the columns of the header", "all", text)
                    : new BadValueException("Row must be whole, on a line of its own", "all", text, MANY_LINES);
        }
    }

    private static void readColumns(
            String what, List<Column> columns, int expected, Row row, DoubleList into, Column.Check check)
            throws BadValueException {
        int start = into.size();
        for (Column column : columns) {
            column.read(row, into, check);
        }
        int found = into.size() - start;
        if (found != expected) {
            throw new BadValueException(
                    what + " of every row must be " + expected + " numbers",
                    describe(columns),
                    found + " numbers",
                    FormatProbe.PAD);
        }
    }

    private void checkFeature(double number, String column) throws BadValueException {
        if (indices > 0 && !(number >= 0 && number < indices && number == Math.rint(number))) {
            throw new BadValueException(
                    "Index must be a whole number from 0 to " + (indices - 1),
                    column,
                    number == (long) number ? (Object) (long) number : number,
                    "The first layer, embedding, has num_embeddings=" + indices);
        }
        if (!exact) {
            CellNumbers.requireKept(number, column);
        }
    }

    private void checkLabel(double number, String column) throws BadValueException {
        CellNumbers.requireKept(number, column);
        targets.check(number, column);
    }

    static String describe(List<Column> columns) {
        String first = columns.get(0).name();
        return columns.size() == 1
                ? first
                : first + ".." + columns.get(columns.size() - 1).name();
    }
}
