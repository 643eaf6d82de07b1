package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.RowBlock;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.source.table.ColumnNames;
import dev.lockstep.driver.data.source.table.FileOrder;
import dev.lockstep.driver.data.source.table.Headers;
import dev.lockstep.driver.data.source.table.RowFeatures;
import dev.lockstep.driver.data.source.table.Table;
import dev.lockstep.driver.data.source.table.Tables;
import dev.lockstep.driver.job.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A source as rows that are handed on, to stand beside what is made of them. Not yet read.
 *
 * @param rows with columns under the data's own names; more of them than are handed on
 * @param kept names of those that are
 * @param selection by which features are read of the rows
 * @param order the numbers of Spark's partitions in the source's order
 */
public record SourceRows(Dataset<Row> rows, List<String> kept, Selection selection, List<Integer> order) {
    private static final String NUMBER = "row";
    private static final String FEATURES = "features";
    /** No name that a file can have. */
    private static final String HIDDEN = "\u0000";

    /**
     * @param keep names or ranges of columns to be handed on; empty for all that have names. A source without columns
     *     hands on the number of each row, from 0
     * @throws DataException if what is wrong shows before the rows are read
     */
    public static SourceRows of(SparkSession spark, Source source, Selection selection, List<String> keep) {
        if (!Sources.hasColumns(source)) {
            return numbered(spark, source, selection, keep);
        }
        Selection chosen = selection;
        Source wide = source;
        if (source.format().equals("libsvm")) {
            wide = Sources.wide(source, selection);
            chosen = selection.features().isEmpty() ? selection.features(List.of(List.of(FEATURES))) : selection;
        }
        return of(Sources.table(spark, wide), chosen, keep, source);
    }

    private static SourceRows of(Table table, Selection selection, List<String> keep, Source source) {
        ColumnNames names = new ColumnNames(table.names(), table.corrupt(), source.describe());
        List<String> kept = keep.isEmpty() ? names.allBut(List.of()) : names.find(keep);
        Set<String> read = new LinkedHashSet<>(kept);
        read.addAll(RowFeatures.columns(names, selection));

        List<Column> columns = new ArrayList<>(read.stream()
                .map(name -> Table.column(names.place(name)).as(name))
                .toList());
        Column[] named = read.stream().map(SourceRows::column).toArray(Column[]::new);
        boolean marked = table.corrupt() >= 0;
        if (marked) {
            columns.add(Table.column(table.corrupt()).as(HIDDEN + "text"));
            columns.add(functions.expr(Tables.FILE).as(HIDDEN + "file"));
            columns.add(functions.expr(Tables.START).as(HIDDEN + "start"));
        }
        Dataset<Row> rows = table.rows().select(columns.toArray(Column[]::new));
        if (marked) {
            // What folders' names tell is in no header.
            List<String> compared = read.stream()
                    .map(name -> names.place(name) < table.compared() ? name : "")
                    .toList();
            rows = rows.filter(new Headers(table.headed(), compared));
        }
        return new SourceRows(rows.select(named), kept, selection, order(table, source));
    }

    /** A table that Spark knows has no other order than Spark's, and its session is somebody else's. */
    private static List<Integer> order(Table table, Source source) {
        if (source.format().equals(Source.TABLE)) {
            return List.of();
        }
        FileOrder.alone(table.rows().sparkSession());
        return FileOrder.of(table.rows());
    }

    /** A column by its name, whatever signs that has. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private static SourceRows numbered(SparkSession spark, Source source, Selection selection, List<String> keep) {
        if (!keep.isEmpty()) {
            throw new DataException(
                    "Format must have columns for some to be kept: " + source.describe() + ", keep=" + keep);
        }
        JavaRDD<Row> rows = Sources.decode(spark, source, selection).blocks().flatMap(SourceRows::rows);
        StructType schema = new StructType()
                .add(NUMBER, DataTypes.LongType, /* nullable */ false)
                .add(FEATURES, SQLDataTypes.VectorType());
        return new SourceRows(
                spark.createDataFrame(rows, schema),
                List.of(NUMBER),
                selection.features(List.of(List.of(FEATURES))),
                List.of());
    }

    private static Iterator<Row> rows(RowBlock block) {
        if (block.badValue() != null) {
            throw new DataException(
                    block.badValue().describe("file=" + block.file(), block.start() + block.badRow() + 1));
        }
        return IntStream.range(0, block.count())
                .mapToObj(row -> RowFactory.create(block.start() + row, Vectors.dense(block.features(0, row))))
                .iterator();
    }
}
