package dev.lockstep.driver.data.source.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are read of a table, gathered into few cells: those of one number each become an array for each
 * type, as Spark takes long to make rows of thousands of cells. Not thread-safe.
 */
final class Cells {
    private final Table table;
    private final ColumnNames names;
    private final StructType schema;
    private final List<List<Integer>> cells = new ArrayList<>();
    private final List<Boolean> arrays = new ArrayList<>();
    private final List<HeaderCell> header = new ArrayList<>();
    private final Map<DataType, Integer> byType = new HashMap<>();

    Cells(Table table, ColumnNames names) {
        this.table = table;
        this.names = names;
        this.schema = table.rows().schema();
    }

    /** Columns of numbers. */
    List<Column> numbers(List<String> chosen) {
        List<Column> columns = new ArrayList<>();
        for (String name : chosen) {
            int place = names.place(name);
            StructField field = schema.apply(place);
            Column.Kind kind = Column.kind(field, name);
            boolean single = kind == Column.Kind.NUMBER;
            int cell = single ? byType.computeIfAbsent(field.dataType(), type -> open(/* array */ true)) : open(false);
            cells.get(cell).add(place);
            int element = cells.get(cell).size() - 1;
            note(name, place, cell, element);
            columns.add(new Column(name, kind, cell, element));
        }
        return columns;
    }

    /** A cell that is read as it is. */
    int plain(int place) {
        int cell = open(/* array */ false);
        cells.get(cell).add(place);
        return cell;
    }

    private void note(String name, int place, int cell, int element) {
        if (place < table.compared()) {
            header.add(new HeaderCell(name, cell, element));
        }
    }

    /** Where a header must have which name. */
    List<HeaderCell> header() {
        return header;
    }

    private int open(boolean array) {
        cells.add(new ArrayList<>());
        arrays.add(array);
        return cells.size() - 1;
    }

    /** As they are to be selected, in the order of their numbers. */
    List<org.apache.spark.sql.Column> columns() {
        List<org.apache.spark.sql.Column> columns = new ArrayList<>();
        for (int cell = 0; cell < cells.size(); cell++) {
            org.apache.spark.sql.Column[] parts =
                    cells.get(cell).stream().map(Table::column).toArray(org.apache.spark.sql.Column[]::new);
            columns.add(arrays.get(cell) ? functions.array(parts) : parts[0]);
        }
        return columns;
    }
}
