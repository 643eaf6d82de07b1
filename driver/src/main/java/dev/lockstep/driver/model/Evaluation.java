package dev.lockstep.driver.model;

import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.DealSettings;
import dev.lockstep.driver.data.EvaluationData;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.job.Source;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Puts a trained model to data on Spark, which are read and preprocessed as in training. */
public final class Evaluation {
    /** Examples that a task takes together. */
    private static final int BATCH = 256;

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final TrainedModel model;

    public Evaluation(SparkSession spark, TrainedModel model) {
        this.spark = spark;
        this.context = OwnContext.of(spark);
        this.model = model;
    }

    /**
     * The loss and the metrics that the model was trained with.
     *
     * @throws dev.lockstep.driver.DataException if the data cannot be read or do not fit the model
     */
    public Measured measure(Source source) {
        PackedData data = EvaluationData.load(
                spark,
                model.file().read(source),
                Selections.labelled(model.file()),
                deal(),
                model.file().preprocess());
        try {
            return measure(data);
        } finally {
            data.unpersist();
        }
    }

    /** The same on data that are loaded and preprocessed already. */
    public Measured measure(PackedData data) {
        Measurement measurement =
                Measurement.of(model.file().metrics(), model.file().objective());
        ModelTask task = task(data);
        try {
            List<double[][]> parts = data.slices()
                    .mapPartitions(slices -> task.measure(measurement, slices))
                    .collect();
            return measurement.measured(parts);
        } finally {
            // A search or an ensemble measures many models in one session.
            task.vectors().destroy();
        }
    }

    /**
     * The rows of a source in its order, with predictions behind each: see {@link PredictionColumns#files}. To be
     * written or read before the predictions are closed.
     *
     * @param keep columns of the source, or ranges of them, that stand before the predictions; empty for all of them
     * @throws dev.lockstep.driver.LockstepException if the source cannot be read or does not fit the model
     */
    public Predictions predict(Source source, List<String> keep) {
        return Predictions.of(spark, model, model.file().read(source), keep);
    }

    private DealSettings deal() {
        return new DealSettings(Math.max(1, context.defaultParallelism()), BATCH, /* seed */ 0);
    }

    private ModelTask task(PackedData data) {
        Broadcast<float[][]> vectors = context.broadcast(ServedModel.vectors(model));
        return new ModelTask(
                model.network(), model.file().objective(), data.plan().format(), vectors);
    }
}
