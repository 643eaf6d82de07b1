package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.InputPaths;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.job.Source;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Loads what {@code spark.read()} can load, the same way on every machine. */
public final class TableFiles {
    public static final String CORRUPT = "_corrupt_record";

    private TableFiles() {}

    public static Table load(SparkSession spark, Source source) {
        SparkSession session = session(spark);
        try {
            boolean asText = source.format().equals("csv")
                    && !source.options().containsKey("schema")
                    && !source.options().containsKey("mode");
            return asText ? CsvFiles.load(session, source) : Table.of(other(session, source), CORRUPT);
        } catch (Exception e) {
            if (String.valueOf(e.getMessage()).contains("UNABLE_TO_INFER_SCHEMA")) {
                throw new DataException(
                        "There must be files to read: " + source.describe()
                                + ". Spark passes over those whose names begin with _ or .",
                        e);
            }
            // Spark's AnalysisException is checked, but its Scala methods do not declare it.
            throw Unreadable.of(source, e);
        }
    }

    /** A session of its own, in which files are cut by their sizes alone and not by the cores at hand. */
    private static SparkSession session(SparkSession spark) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.files.minPartitionNum", 64);
        session.conf().set("spark.sql.files.maxPartitionBytes", 64L << 20);
        session.conf().set("spark.sql.files.openCostInBytes", 1L << 20);
        // With pruning, csv rows of a wrong length would pass unnoticed.
        session.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
        // Columns x and X are two, whatever the cluster's setting.
        session.conf().set("spark.sql.caseSensitive", true);
        return session;
    }

    private static Dataset<Row> other(SparkSession session, Source source) {
        Map<String, String> options = new HashMap<>(source.options());
        String schema = options.remove("schema");
        if (source.format().equals("csv")) {
            options.putIfAbsent("header", "true");
            options.put("inferSchema", "false");
        }
        var reader = session.read().format(source.format()).options(options);
        if (schema != null) {
            reader = reader.schema(schema);
        }
        return source.path() == null
                ? reader.load()
                : reader.load(
                        InputPaths.of(source.path(), session.sparkContext().hadoopConfiguration()));
    }
}
