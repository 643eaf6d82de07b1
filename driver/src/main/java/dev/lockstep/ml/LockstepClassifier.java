package dev.lockstep.ml;

import dev.lockstep.driver.job.Job;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A neural network that tells classes apart, trained by data parallelism on the executors.
 *
 * <pre>
 *   LockstepClassificationModel model = new LockstepClassifier()
 *           .setLayers("[linear: 64, relu, linear]")
 *           .setEpochs(20)
 *           .setNumWorkers(4)
 *           .fit(rows);
 * </pre>
 *
 * <p>Labels are numbers from 0, as StringIndexer makes them, or anything else of few values: then the prediction is the
 * place of the label among them in order, and {@link LockstepClassificationModel#setPredictedLabelCol} has the label.
 *
 * <p>Not thread-safe, as any estimator; copies may be fitted at the same time.
 */
public final class LockstepClassifier
        extends ProbabilisticClassifier<Vector, LockstepClassifier, LockstepClassificationModel>
        implements LockstepParams<LockstepClassifier>, DefaultParamsWritable {
    private static final Map<String, String> BY_DEFAULT = Map.of(
            "model.layers", "[linear: 64, relu, linear]",
            "loss", "cross_entropy",
            "optimizer", "{adam: {lr: 0.003}}");

    private final String uid;
    private final TrainingParams training;
    private LockstepClassificationModel start;

    public LockstepClassifier() {
        this(Uid.random("lockstepClassifier"));
    }

    public LockstepClassifier(String uid) {
        this(Uid.of(uid));
    }

    private LockstepClassifier(Uid uid) {
        this.uid = uid.taken();
        this.training = new TrainingParams(this);
    }

    @Override
    public String uid() {
        return uid == null ? Uid.coming() : uid;
    }

    @Override
    public TrainingParams training() {
        return training;
    }

    @Override
    public LockstepClassifier self() {
        return this;
    }

    /** A model with a network of the same form, whose weights the training begins with; not saved. */
    public LockstepClassifier warmStart(LockstepClassificationModel model) {
        start = model;
        return this;
    }

    @Override
    public LockstepClassifier copy(ParamMap extra) {
        LockstepClassifier copy = new LockstepClassifier(uid);
        copy.start = start;
        copyValues(copy, extra);
        return copy;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        boolean many = namesFeatures();
        StructType usual = Schemas.usual(schema, getLabelCol(), many ? getFeaturesCol() : null);
        return Schemas.behind(schema, usual, super.transformSchema(usual));
    }

    @Override
    public LockstepClassificationModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        LockstepClassificationModel model = train(dataset);
        copyValues(model, ParamMap.empty());
        return model.setParent(this);
    }

    /** {@link #fit} without what Spark does around it. */
    @Override
    public LockstepClassificationModel train(Dataset<?> dataset) {
        Fit fit = new Fit(this, dataset.toDF());
        LabelFacts facts = fit.facts(rows -> LabelFacts.ofClasses(rows, getLabelCol()));
        String features = namesFeatures() ? null : getFeaturesCol();
        Job job = JobOfParams.of(this, BY_DEFAULT, new JobOfParams.Columns(features, getLabelCol()), facts, hadoop());
        Fit.Trained trained = fit.run(job, start == null ? null : start.trained(), LabelScale.NONE);
        return new LockstepClassificationModel(uid(), trained.model(), trained.summary());
    }

    private boolean namesFeatures() {
        return JobOfParams.namesFeatures(this, featuresCol(), hadoop());
    }

    private static Configuration hadoop() {
        return SparkSession.active().sparkContext().hadoopConfiguration();
    }

    public static MLReader<LockstepClassifier> read() {
        return new DefaultParamsReader<>();
    }

    public static LockstepClassifier load(String path) {
        return read().load(path);
    }
}
