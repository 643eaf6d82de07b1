package dev.lockstep.ml;

import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.TrainedModel;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * What a {@link LockstepClassifier} has learned. {@link #transform} works in batches on every executor, on streams too.
 * Thread-safe, but for its setters.
 */
public final class LockstepClassificationModel
        extends ProbabilisticClassificationModel<Vector, LockstepClassificationModel>
        implements MLWritable, ServingModel {
    private final String uid;
    private final Param<String> predictedLabelCol;
    private final transient Served served = new Served();
    private transient TrainingSummary summary;

    /** To be read into; predicts nothing. */
    public LockstepClassificationModel(String uid) {
        this(Uid.of(uid));
    }

    private LockstepClassificationModel(Uid uid) {
        this.uid = uid.taken();
        this.predictedLabelCol = new Param<>(
                this, "predictedLabelCol", "name of a column for the label of the predicted class; empty for none");
        setDefault(predictedLabelCol, "");
    }

    LockstepClassificationModel(String uid, TrainedModel trained, TrainingSummary summary) {
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
    public int numClasses() {
        return served.numOutputs();
    }

    public Param<String> predictedLabelCol() {
        return predictedLabelCol;
    }

    public String getPredictedLabelCol() {
        return getOrDefault(predictedLabelCol);
    }

    /** Asks for the label itself, of labels that are no numbers from 0. */
    public LockstepClassificationModel setPredictedLabelCol(String value) {
        set(predictedLabelCol, value);
        return this;
    }

    @Override
    public Vector predictRaw(Vector features) {
        return Vectors.dense(served.raw(features));
    }

    @Override
    public Vector raw2probabilityInPlace(Vector rawPrediction) {
        return Vectors.dense(served.probability(rawPrediction));
    }

    private String vector() {
        return served.vector(this, featuresCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType usual = Schemas.usual(schema, getLabelCol(), vector().isEmpty() ? getFeaturesCol() : null);
        return Schemas.behind(schema, usual, super.transformSchema(usual));
    }

    /** Of a raw type, since spark.ml has it of two generic ones, which Scala lets pass and Java does not. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return super.findSummaryModel();
    }

    private PredictionColumns columns() {
        List<Double> divisors =
                isDefined(thresholds()) ? Arrays.stream(getThresholds()).boxed().toList() : List.of();
        return PredictionColumns.vectors()
                .raw(getRawPredictionCol())
                .probability(getProbabilityCol())
                .prediction(getPredictionCol())
                .label(getPredictedLabelCol())
                .thresholds(divisors);
    }

    /** The rows with predictions behind each, all columns kept and in their order. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        return served.transform(dataset.toDF(), vector(), columns(), schema);
    }

    @Override
    public LockstepClassificationModel copy(ParamMap extra) {
        LockstepClassificationModel copy = new LockstepClassificationModel(uid, trained(), summary);
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this);
    }

    public static MLReader<LockstepClassificationModel> read() {
        return new ModelReader<>(LockstepClassificationModel.class);
    }

    public static LockstepClassificationModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "LockstepClassificationModel: uid=" + uid + ", numFeatures=" + numFeatures() + ", numClasses="
                + numClasses();
    }
}
