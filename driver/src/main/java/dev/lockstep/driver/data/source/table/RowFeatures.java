package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads what a network takes from the rows of a table that is there, its columns found by name. One thread. */
public final class RowFeatures implements Serializable {
    private final RowReader reader;
    private transient DoubleList numbers;

    private RowFeatures(RowReader reader) {
        this.reader = reader;
    }

    /**
     * @param selection with the shape of an example
     * @throws DataException if a column is missing or cannot hold numbers
     */
    public static RowFeatures of(StructType table, Selection selection) {
        ColumnNames names = new ColumnNames(Arrays.asList(table.fieldNames()), "table");
        CategoryColumns categories = CategoryColumns.of(selection, names);
        List<List<Column>> groups = groups(names, selection).stream()
                .map(group ->
                        group.stream().map(name -> column(table, names, name)).toList())
                .toList();
        List<CategoryColumn> words = categories.read(categories.names().stream()
                .map(name -> column(table, names, name))
                .toList());
        return new RowFeatures(new RowReader(
                new RowColumns(groups, words),
                selection.targets(TargetSpec.none()),
                new RowFormat(groups.size(), selection.width() + words.size(), /* targets */ 0)));
    }

    /** The columns that are read. */
    public static List<String> columns(ColumnNames names, Selection selection) {
        List<String> columns =
                new ArrayList<>(CategoryColumns.of(selection, names).names());
        groups(names, selection).forEach(columns::addAll);
        return columns;
    }

    private static List<List<String>> groups(ColumnNames names, Selection selection) {
        return selection.features().isEmpty()
                ? List.of(names.allBut(selection.label()))
                : selection.features().stream().map(names::find).toList();
    }

    private static Column column(StructType table, ColumnNames names, String name) {
        int place = names.place(name);
        return new Column(name, Column.kind(table.apply(place), name), place, HeaderCell.WHOLE);
    }

    public int groups() {
        return reader.format().groups();
    }

    /** Numbers of each group. */
    public int width() {
        return reader.format().width();
    }

    /**
     * A row's numbers, group after group, NaN where a gap is to be filled; the array is longer than they are, and valid
     * until the next call. Null where rows with a gap have no prediction and this is one.
     *
     * @param number of the row in its partition, from 1, for messages
     * @throws DataException if a cell cannot be used
     */
    public double[] read(Row row, long number) {
        if (numbers == null) {
            numbers = new DoubleList();
        }
        try {
            return reader.read(row, numbers) ? numbers.array() : null;
        } catch (BadValueException e) {
            throw new DataException(e.badValue().describe("partition=" + TaskContext.getPartitionId(), number), e);
        }
    }
}
