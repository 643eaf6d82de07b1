package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
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

    private final Selection selection;
    private final String source;

    FormatProbe(Selection selection, String source) {
        this.selection = selection;
        this.source = source;
    }

    RowFormat format(List<List<Column>> groups, List<Column> label, Dataset<Row> rows) {
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
        return new RowFormat(groups.size(), width, width(label, first));
    }

    private static boolean plain(List<Column> columns) {
        return columns.stream().allMatch(column -> column.kind() == Column.Kind.NUMBER);
    }

    private Row first(Dataset<Row> rows) {
        List<Row> head = rows.takeAsList(1);
        if (head.isEmpty()) {
            throw new DataException("Data must have rows: " + source);
        }
        return head.get(0);
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
                column.read(first, numbers, (number, name) -> {});
            } catch (BadValueException e) {
                throw new DataException(e.badValue().describe(place(first), 1), e);
            }
        }
        return numbers.size();
    }
}
