package dev.lockstep.ml;

import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.TrainedModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a {@link LockstepRegressor} has learned. {@link #transform} works in batches on every executor, on streams too.
 * Thread-safe, but for its setters.
 */
public final class LockstepRegressionModel extends RegressionModel<Vector, LockstepRegressionModel>
        implements MLWritable, ServingModel {
    private final String uid;
    private final transient Served served = new Served();
    private transient TrainingSummary summary;

    /** To be read into; predicts nothing. */
    public LockstepRegressionModel(String uid) {
        this(Uid.of(uid));
    }

    private LockstepRegressionModel(Uid uid) {
        this.uid = uid.taken();
    }

    LockstepRegressionModel(String uid, TrainedModel trained, TrainingSummary summary) {
        this(Uid.of(uid));
        served.take(trained);
        this.summary = summary;
    }

    @Override
    public String uid() {
        return uid == null ? Uid.coming() : uid;
    }

    @Override
    public TrainedModel trained() {
        return served.trained();
    }

    @Override
    public void take(TrainedModel trained) {
        served.take(trained);
    }

    /**
     * How it was trained.
     *
     * @throws IllegalStateException if it was read from a file
     */
    public TrainingSummary summary() {
        if (summary == null) {
            throw new IllegalStateException("Only the model that a fit gave has a summary: uid=" + uid);
        }
        return summary;
    }

    public boolean hasSummary() {
        return summary != null;
    }

    @Override
    public int numFeatures() {
        return served.numFeatures();
    }

    @Override
    public double predict(Vector features) {
        return served.prediction(features);
    }

    private String vector() {
        return served.vector(this, featuresCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType usual = Schemas.usual(schema, getLabelCol(), vector().isEmpty() ? getFeaturesCol() : null);
        return Schemas.behind(schema, usual, super.transformSchema(usual));
    }

    private PredictionColumns columns() {
        return PredictionColumns.vectors().raw("").probability("").prediction(getPredictionCol());
    }

    /** The rows with predictions behind each, all columns kept and in their order. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        return served.transform(dataset.toDF(), vector(), columns(), schema);
    }

    @Override
    public LockstepRegressionModel copy(ParamMap extra) {
        LockstepRegressionModel copy = new LockstepRegressionModel(uid, trained(), summary);
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this);
    }

    public static MLReader<LockstepRegressionModel> read() {
        return new ModelReader<>(LockstepRegressionModel.class);
    }

    public static LockstepRegressionModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "LockstepRegressionModel: uid=" + uid + ", numFeatures=" + numFeatures();
    }
}
