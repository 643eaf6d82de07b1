package dev.lockstep.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.train.ReadJob;
import dev.lockstep.driver.train.TrainResult;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** One training for an estimator. */
final class Fit {
    private final LockstepParams<?> params;
    private final Dataset<Row> training;
    private final Dataset<Row> validation;

    /** Takes apart what is to be learned from, and what is to be measured by. */
    Fit(LockstepParams<?> params, Dataset<Row> rows) {
        this.params = params;
        if (params.isSet(params.validationIndicatorCol())) {
            requireTruthValues(rows.schema(), params.getValidationIndicatorCol());
            Column held = coalesce(col(LabelFacts.quoted(params.getValidationIndicatorCol())), lit(false));
            this.training = rows.filter(not(held));
            this.validation = rows.filter(held);
        } else {
            this.training = rows;
            this.validation = null;
        }
    }

    private static void requireTruthValues(StructType table, String column) {
        if (!Arrays.asList(table.fieldNames()).contains(column)) {
            throw new DataException("Column is not in the data: validationIndicatorCol=" + column + ", columns="
                    + Arrays.toString(table.fieldNames()));
        }
        DataType type = table.apply(column).dataType();
        if (!(type instanceof BooleanType)) {
            throw new DataException("Column must hold truth values: validationIndicatorCol=" + column + ", type="
                    + type.simpleString());
        }
    }

    /** Looks at the rows to learn from. */
    LabelFacts facts(Function<Dataset<Row>, LabelFacts> look) {
        JavaSparkContext spark = OwnContext.of(training.sparkSession());
        return ReadJob.run(spark, params.uid(), () -> look.apply(training));
    }

    /** What came of it. */
    record Trained(TrainedModel model, TrainingSummary summary) {}

    /**
     * Trains.
     *
     * @param start to go on from; null for the job's initialisation
     * @param scale of the labels
     */
    Trained run(Job job, TrainedModel start, LabelScale scale) {
        long beganNs = System.nanoTime();
        FitLog log = new FitLog(params.uid(), scale.unit());
        Trainer trainer = new Trainer(training.sparkSession(), job, log)
                .data(scale.down(training))
                .validation(validation == null ? null : scale.down(validation))
                .startFrom(start == null ? null : scale.down(start));
        boolean keeps = params.isSet(params.checkpointDir());
        TrainResult result = keeps && checkpoints().length > 0 ? trainer.resume() : trainer.run();
        if (result.model() == null) {
            throw new CancelledException("Fit was stopped: uid=" + params.uid() + ", steps=" + result.steps(), null);
        }
        if (keeps) {
            discardCheckpoints();
        }
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        return new Trained(scale.up(result.model()), log.summary(result, seconds));
    }

    /** The next fit begins anew: what it could go on from is of a fit that was cut. */
    private void discardCheckpoints() {
        try {
            for (FileStatus step : checkpoints()) {
                files(step.getPath()).delete(step.getPath(), /* recursive */ true);
            }
        } catch (IOException e) {
            throw new DataException(
                    "Checkpoints of a finished fit cannot be removed: dir=" + params.getCheckpointDir() + ", reason="
                            + e.getMessage(),
                    e);
        }
    }

    /** Those of a fit that was cut. */
    private FileStatus[] checkpoints() {
        Path steps = new Path(params.getCheckpointDir(), "step-*");
        try {
            return files(steps).globStatus(steps);
        } catch (IOException e) {
            throw new DataException(
                    "Checkpoints cannot be looked for: dir=" + params.getCheckpointDir() + ", reason=" + e.getMessage(),
                    e);
        }
    }

    private FileSystem files(Path path) throws IOException {
        return path.getFileSystem(training.sparkSession().sparkContext().hadoopConfiguration());
    }
}
