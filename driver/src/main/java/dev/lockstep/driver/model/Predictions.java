package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.EvaluationData;
import dev.lockstep.driver.data.source.FileOrder;
import dev.lockstep.driver.data.source.SourceRows;
import dev.lockstep.driver.data.source.Unreadable;
import dev.lockstep.driver.job.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.StructField;

/**
 * The rows of a source in its order, with what a model predicts for each. Executors have the model until {@link
 * #close}.
 */
public final class Predictions implements AutoCloseable {
    /** Of the formats that files may have, those whose cells are one value each. */
    private static final Set<String> FLAT = Set.of("csv");

    private final SparkSession spark;
    private final TrainedModel model;
    private final Source source;
    private final Scoring scoring;
    private final Dataset<Row> rows;

    private Predictions(SparkSession spark, TrainedModel model, Source source, Scoring scoring, Dataset<Row> rows) {
        this.spark = spark;
        this.model = model;
        this.source = source;
        this.scoring = scoring;
        this.rows = rows;
    }

    static Predictions of(SparkSession spark, TrainedModel model, Source source, List<String> keep) {
        SourceRows read =
                Unreadable.reading(source, () -> SourceRows.of(spark, source, Selections.of(model.file()), keep));
        Scoring scoring = new Scoring(spark, model);
        Dataset<Row> scored = scoring.transform(read.rows(), PredictionColumns.files(), read.selection());
        List<String> made =
                Arrays.asList(scored.columns()).subList(read.rows().columns().length, scored.columns().length);
        Column[] columns = Stream.concat(read.kept().stream(), made.stream())
                .map(SourceRows::column)
                .toArray(Column[]::new);
        return new Predictions(spark, model, source, scoring, FileOrder.put(scored.select(columns), read.order()));
    }

    /** Computed when they are read. */
    public Dataset<Row> rows() {
        return rows;
    }

    /**
     * Writes them into a folder, whose files have their order.
     *
     * @param format as Spark calls it
     * @throws dev.lockstep.driver.LockstepException that names the first bad value, if there is one
     */
    public void write(String format, String folder) {
        requireCells(format);
        try {
            rows.write().format(format).option("header", true).save(folder);
        } catch (Exception e) {
            // Spark's AnalysisException and SparkException are checked, but its Scala methods do not declare them.
            EvaluationData.requireGood(spark, source, Selections.of(model.file()));
            throw Unreadable.of(source, e);
        }
    }

    private void requireCells(String format) {
        List<String> wide = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            if (!(field.dataType() instanceof AtomicType)) {
                wide.add(field.name());
            }
        }
        if (FLAT.contains(format) && !wide.isEmpty()) {
            throw new JobFileException(
                    "A " + format + " file cannot hold vectors, arrays or structures: columns=" + wide
                            + ". Name the columns to keep without them, as --keep id, or write .parquet, .json or .orc.");
        }
    }

    @Override
    public void close() {
        scoring.unpersist();
    }
}
