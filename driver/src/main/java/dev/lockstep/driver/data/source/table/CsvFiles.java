package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.InputPaths;
import dev.lockstep.driver.job.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads csv files as text, so that each cell is judged by Lockstep and a message can show it. The header, of which
 * there is one unless the option {@code header} denies it, is read as a row: Spark would rename blank names and twins,
 * and then refuse them.
 */
final class CsvFiles {
    /** Columns of the first look; univocity makes an array of that length. */
    private static final int MOST_COLUMNS = 1 << 20;

    private static final int WIDE = 2000;
    private static final int LEAST_ROOM = 20480;
    private static final String MAX_COLUMNS = "maxColumns";

    private final SparkSession session;
    private final Source source;
    private final String[] paths;
    /** Spark's options do not mind case. */
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private CsvFiles(SparkSession session, Source source) {
        this.session = session;
        this.source = source;
        this.paths = InputPaths.of(source.path(), session.sparkContext().hadoopConfiguration());
        options.putAll(source.options());
    }

    static Table load(SparkSession session, Source source) {
        CsvFiles files = new CsvFiles(session, source);
        boolean headed = Boolean.parseBoolean(files.options.getOrDefault("header", "true"));
        boolean enforced = Boolean.parseBoolean(files.options.remove("enforceSchema"));
        files.options.put("header", "false");
        files.options.put("inferSchema", "false");
        return files.table(headed, /* compared */ headed && !enforced);
    }

    private Table table(boolean headed, boolean compared) {
        String[] found = session.read()
                .options(options)
                .option(MAX_COLUMNS, options.getOrDefault(MAX_COLUMNS, Integer.toString(MOST_COLUMNS)))
                .csv(paths)
                .columns();
        int columns = inFiles(found);
        if (columns > WIDE) {
            // Spark compiles code for each column, which takes minutes; to interpret takes less than a second.
            session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        }
        options.putIfAbsent(MAX_COLUMNS, Integer.toString(Math.max(LEAST_ROOM, 2 * columns)));
        Dataset<Row> rows = read(columns);
        List<String> names = new ArrayList<>(
                headed ? header(rows, columns) : Arrays.asList(found).subList(0, columns));
        names.add("");
        names.addAll(Arrays.asList(found).subList(columns, found.length));
        return new Table(rows, names, columns, headed, compared ? columns : 0);
    }

    /** How many columns are not told by the folders' names: Spark counts these, and puts the others behind them. */
    private static int inFiles(String[] found) {
        int count = 0;
        while (count < found.length && found[count].equals("_c" + count)) {
            count++;
        }
        return count;
    }

    /** The columns as text, then the text of rows that have not so many, then what the folders' names tell. */
    private Dataset<Row> read(int columns) {
        StructField[] fields = IntStream.rangeClosed(0, columns)
                .mapToObj(place -> DataTypes.createStructField(Table.placed(place), DataTypes.StringType, true))
                .toArray(StructField[]::new);
        Dataset<Row> rows = session.read()
                .options(options)
                .option("columnNameOfCorruptRecord", Table.placed(columns))
                .schema(new StructType(fields))
                .csv(paths);
        return rows.columns().length == fields.length ? rows : Table.placed(rows);
    }

    /** The cells of the first row, blank where there is nothing. */
    private List<String> header(Dataset<Row> rows, int columns) {
        Column[] cells = IntStream.range(0, columns).mapToObj(Table::column).toArray(Column[]::new);
        List<Row> first = rows.select(functions.array(cells)).takeAsList(1);
        if (first.isEmpty()) {
            throw new DataException("Data must have rows: " + source.describe());
        }
        return first.get(0).<String>getList(0).stream()
                .map(cell -> cell == null ? "" : cell)
                .toList();
    }
}
