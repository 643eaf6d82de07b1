package dev.lockstep.driver.data.source.table;

import static org.apache.spark.sql.functions.expr;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.LabelColumn;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a table's chosen columns into blocks of numbers. */
public final class Tables {
    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    public static final String FILE = "input_file_name()";
    public static final String START = "input_file_block_start()";

    private Tables() {}

    public static Decoded decode(Table table, Selection selection, String source) {
        if (table.names().stream().allMatch(String::isBlank)) {
            throw new DataException("Data must have rows: " + source + ", columns=[]");
        }
        ColumnNames names = new ColumnNames(table.names(), table.corrupt(), source);
        boolean labelled = selection.targets().kind() != TargetSpec.Kind.NONE;
        List<String> labels = labelled ? names.find(selection.label()) : names.present(selection.label());
        CategoryColumns categories = CategoryColumns.of(selection, names);
        List<List<String>> features = features(selection, categories, names, labels, source);
        categories.requireNoneOf(labels, "label");
        features.forEach(group -> categories.requireNoneOf(group, "feature"));

        Cells cells = new Cells(table, names);
        List<List<Column>> groups = features.stream().map(cells::numbers).toList();
        List<CategoryColumn> words = categories.read(cells.numbers(categories.names()));
        List<Column> label = cells.numbers(labelled ? labels : List.of());
        int corrupt = table.corrupt() < 0 ? -1 : cells.plain(table.corrupt());
        Column weight = weight(selection, names, cells);
        Dataset<Row> rows = select(table, cells);
        RowFormat format = new FormatProbe(selection, source).format(groups, words.size(), label, weight, rows);
        RowColumns columns = new RowColumns(groups, words, label, weight, corrupt, table.headed(), cells.header());
        RowReader reader = new RowReader(columns, selection, format);
        boolean exact = selection.exact();
        return new Decoded(
                rows.javaRDD().mapPartitions(partition -> new TableBlocks(partition, reader, exact)),
                format,
                selection.shape().isEmpty() ? List.of(format.width() - words.size()) : selection.shape(),
                features,
                categories.wanted(),
                selection.encoding(),
                labelColumn(table, names, labels, selection, source),
                source);
    }

    /** Null where all rows count the same. */
    private static Column weight(Selection selection, ColumnNames names, Cells cells) {
        return selection.weight() == null
                ? null
                : cells.numbers(names.find(List.of(selection.weight()))).get(0);
    }

    /** Null where the label is no single column that may hold names. */
    private static LabelColumn labelColumn(
            Table table, ColumnNames names, List<String> labels, Selection selection, String source) {
        if (labels.size() != 1 || !selection.targets().takesNames()) {
            return null;
        }
        Cells cells = new Cells(table, names);
        Column label = cells.numbers(labels).get(0);
        if (label.kind() != Column.Kind.NUMBER) {
            return null;
        }
        RowColumns columns = new RowColumns(
                List.of(), List.of(), List.of(label), null, /* corrupt */ -1, table.headed(), cells.header());
        RowReader reader = new RowReader(columns, selection, new RowFormat(0, 0, 1));
        return new LabelColumn(
                label.name(),
                table.rows().schema().apply(names.place(labels.get(0))).dataType(),
                select(table, cells)
                        .javaRDD()
                        .mapPartitions(partition -> new LabelCells(new BodyRows(partition, reader), label)),
                source);
    }

    private static List<List<String>> features(
            Selection selection, CategoryColumns categories, ColumnNames names, List<String> labels, String source) {
        if (!selection.features().isEmpty()) {
            return selection.features().stream().map(names::find).toList();
        }
        if (!names.nameless().isEmpty()) {
            LOG.warn("Columns without a name are left out: {}, columns={}", source, names.nameless());
        }
        List<String> others = new ArrayList<>(labels);
        others.addAll(categories.names());
        if (selection.weight() != null) {
            others.add(selection.weight());
        }
        return List.of(categories.count() > 0 ? names.others(others) : names.allBut(others));
    }

    /** The cells, then where each row comes from, as {@link TableBlocks} wants it. */
    private static Dataset<Row> select(Table table, Cells cells) {
        List<org.apache.spark.sql.Column> columns = new ArrayList<>(cells.columns());
        columns.add(expr(FILE));
        columns.add(expr(START));
        return table.rows().select(columns.toArray(new org.apache.spark.sql.Column[0]));
    }
}
