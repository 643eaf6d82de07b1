package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds out how many numbers the examples of a table have: from its columns where each is one number, from its first
 * row where there are vectors or arrays. That it fits the job's shape is checked here, that all rows are alike when
 * they are read.
 */
final class FormatProbe {
    static final String PAD = "Pad all sequences to one length";

    /** Any number will do, and so will none. */
    private static final Column.Check COUNTED = new Column.Check() {
        @Override
        public void accept(double number, String name) {}

        @Override
        public double gap(Object cell, String name) {
            return Double.NaN;
        }
    };

    private final Selection selection;
    private final String source;
    private final List<Column> vectors = new ArrayList<>();

    FormatProbe(Selection selection, String source) {
        this.selection = selection;
        this.source = source;
    }

    /**
     * @param categories columns whose numbers stand behind those of each group
     * @param weight null where all rows count the same
     */
    RowFormat format(List<List<Column>> groups, int categories, List<Column> label, Column weight, Dataset<Row> rows) {
        groups.forEach(vectors::addAll);
        vectors.removeIf(column -> column.kind() == Column.Kind.NUMBER);
        Set<Integer> widths = new HashSet<>();
        Row first = null;
        for (List<Column> group : groups) {
            first = first == null && !plain(group) ? first(rows) : first;
            widths.add(width(group, first));
        }
        first = first == null && !plain(label) ? first(rows) : first;
        int width = widths.iterator().next();
        if (widths.size() > 1) {
            throw new DataException(
                    "Groups of features must have equal numbers of features: " + source + ", features=" + widths);
        }
        if (selection.width() > 0 && selection.width() != width) {
            // Where there are vectors or arrays, their length was seen in one row.
            throw new DataException(
                    "Features must fill the shape: " + (first == null ? source : place(first) + ", row=1")
                            + ", features=" + width + ", shape=" + selection.shape() + " of " + selection.width()
                            + (first == null ? "" : ". " + PAD));
        }
        return new RowFormat(groups.size(), width + categories, width(label, first), weight != null);
    }

    private static boolean plain(List<Column> columns) {
        return columns.stream().allMatch(column -> column.kind() == Column.Kind.NUMBER);
    }

    private Row first(Dataset<Row> rows) {
        // Where rows with gaps are left out, one without tells the lengths.
        List<Column> columns = vectors;
        List<Row> head = selection.encoding().missing() instanceof Missing.Skip
                ? rows.javaRDD().filter(row -> isThere(columns, row)).take(1)
                : rows.takeAsList(1);
        if (head.isEmpty()) {
            throw new DataException("Data must have rows: " + source);
        }
        return head.get(0);
    }

    private static boolean isThere(List<Column> columns, Row row) {
        return columns.stream().allMatch(column -> column.of(row) != null);
    }

    private String place(Row row) {
        String file = row.getString(row.length() - 2);
        return file.isEmpty() ? source : "file=" + file;
    }

    private int width(List<Column> columns, Row first) {
        if (plain(columns)) {
            return columns.size();
        }
        DoubleList numbers = new DoubleList();
        for (Column column : columns) {
            try {
                column.read(first, numbers, COUNTED);
            } catch (BadValueException e) {
                throw new DataException(e.badValue().describe(place(first), 1), e);
            }
        }
        return numbers.size();
    }
}
