package dev.lockstep.driver.data.source;

import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Turns a table's chosen columns into blocks of numbers. */
final class Tables {
    private static final String FILE = "input_file_name()";
    private static final String START = "input_file_block_start()";

    private Tables() {}

    /**
     * @param corrupt name of the column with the text of rows that could not be taken apart; the table need not have it
     */
    static Decoded decode(Dataset<Row> table, Selection selection, String source, String corrupt) {
        ColumnNames names = new ColumnNames(table.columns(), source);
        List<String> chosen = new ArrayList<>();
        List<List<Column>> groups = new ArrayList<>();
        boolean labelled = selection.targets().kind() != Targets.Kind.NONE;
        List<String> labels = labelled ? names.find(selection.label()) : names.present(selection.label());
        for (List<String> group : features(selection, names, labels, corrupt)) {
            groups.add(choose(group, table.schema(), chosen));
        }
        List<Column> label = choose(labelled ? labels : List.of(), table.schema(), chosen);
        int corruptIndex = Arrays.asList(table.columns()).contains(corrupt) ? chosen.size() : -1;
        if (corruptIndex >= 0) {
            chosen.add(corrupt);
        }
        Dataset<Row> rows = project(table, chosen);
        RowFormat format = new FormatProbe(selection, source).format(groups, label, rows);
        RowReader reader = new RowReader(groups, label, selection.targets(), format, corruptIndex);
        List<Integer> shape = selection.shape().isEmpty() ? List.of(format.width()) : selection.shape();
        return new Decoded(
                rows.javaRDD().mapPartitions(partition -> new TableBlocks(partition, reader)),
                format,
                shape,
                List.of(),
                source);
    }

    private static List<List<String>> features(
            Selection selection, ColumnNames names, List<String> labels, String corrupt) {
        return selection.features().isEmpty()
                ? List.of(names.allBut(labels, corrupt))
                : selection.features().stream().map(names::find).toList();
    }

    private static List<Column> choose(List<String> names, StructType schema, List<String> chosen) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(Column.of(schema.apply(name), chosen.size()));
            chosen.add(name);
        }
        return columns;
    }

    /** The chosen columns, then where each row comes from, as {@link TableBlocks} wants it. */
    private static Dataset<Row> project(Dataset<Row> table, List<String> chosen) {
        List<org.apache.spark.sql.Column> columns = new ArrayList<>();
        for (String name : chosen) {
            columns.add(table.col("`" + name.replace("`", "``") + "`"));
        }
        columns.add(expr(FILE));
        columns.add(expr(START));
        return table.select(columns.toArray(new org.apache.spark.sql.Column[0]));
    }
}
