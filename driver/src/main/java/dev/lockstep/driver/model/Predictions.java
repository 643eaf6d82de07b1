package dev.lockstep.driver.model;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.EvaluationData;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.SourceRows;
import dev.lockstep.driver.data.source.table.FileOrder;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.storage.AtomicWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a source in its order, with what a model predicts for each. Executors have the model until {@link
 * #close}.
 */
public final class Predictions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Predictions.class);

    /** Of the formats that files may have, those whose cells are one value each. */
    private static final Set<String> FLAT = Set.of("csv");

    /** Sources whose cells are all text. */
    private static final Set<String> OF_TEXT = Set.of("csv", Source.CLICKS);

    private final TrainedModel model;
    private final Source source;
    private final SourceRows read;
    private final Scoring scoring;
    private final Dataset<Row> rows;

    private Predictions(TrainedModel model, Source source, SourceRows read, Scoring scoring, Dataset<Row> rows) {
        this.model = model;
        this.source = source;
        this.read = read;
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
        return new Predictions(model, source, read, scoring, FileOrder.put(scored.select(columns), read.order()));
    }

    /** Computed when they are read. */
    public Dataset<Row> rows() {
        return rows;
    }

    /**
     * Writes them into a folder, whose files have their order, and returns how many there are; empty where Spark has
     * not told.
     *
     * @param format as Spark calls it
     * @throws dev.lockstep.driver.LockstepException that names the first bad value, if there is one
     */
    public Optional<WrittenRows> write(String format, String folder) {
        requireCells(format);
        RowCount count = new RowCount();
        try {
            count.of(typed(format), firstMade())
                    .write()
                    .format(format)
                    .option("header", true)
                    .save(folder);
        } catch (Exception e) {
            // Spark's AnalysisException and SparkException are checked, but its Scala methods do not declare them.
            discardEmpty(new Path(folder));
            if (Diagnosis.isFullDisk(e)) {
                throw new DataException(
                        "No space is left on a disk: output=" + folder + ", reason=" + Diagnosis.reason(e)
                                + ". Free some, or name another output; Spark's own files are in spark.local.dir.",
                        e);
            }
            EvaluationData.requireGood(rows.sparkSession(), source, Selections.of(model.file()));
            throw Unreadable.of(source, e);
        }
        return count.get();
    }

    /** The first column behind those of the data. */
    private String firstMade() {
        return rows.columns()[read.kept().size()];
    }

    /** Cells of csv files are text; where a format has numbers, columns of nothing else become some. */
    private Dataset<Row> typed(String format) {
        boolean hasNumbers = OF_TEXT.contains(source.format()) && !FLAT.contains(format);
        return hasNumbers ? TextNumbers.in(read.rows()).put(rows) : rows;
    }

    /** Spark takes back what a job has written, but not the folder: the next command would find it there. */
    private void discardEmpty(Path folder) {
        try {
            FileSystem files =
                    folder.getFileSystem(rows.sparkSession().sparkContext().hadoopConfiguration());
            if (files.exists(folder) && Arrays.stream(files.listStatus(folder)).allMatch(Predictions::isHidden)) {
                AtomicWrite.discard(files, folder);
            }
        } catch (IOException e) {
            LOG.warn("Folder without predictions could not be deleted: folder={}, reason={}", folder, e.getMessage());
        }
    }

    /** As what tasks that are still being stopped leave. */
    private static boolean isHidden(FileStatus file) {
        String name = file.getPath().getName();
        return name.startsWith("_") || name.startsWith(".");
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
