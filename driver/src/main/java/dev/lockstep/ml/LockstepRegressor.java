package dev.lockstep.ml;

import dev.lockstep.driver.job.Job;
import dev.lockstep.losses.Mse;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A neural network that estimates a number, trained by data parallelism on the executors.
 *
 * <pre>
 *   LockstepRegressionModel model = new LockstepRegressor().setEpochs(50).fit(rows);
 * </pre>
 *
 * <p>With the loss {@code mse}, and without a {@code job}, the training takes labels of mean 0 and deviation 1, and the
 * model undoes it: its figures and predictions are of the labels as they are.
 *
 * <p>Not thread-safe, as any estimator; copies may be fitted at the same time.
 */
public final class LockstepRegressor extends Regressor<Vector, LockstepRegressor, LockstepRegressionModel>
        implements LockstepParams<LockstepRegressor>, DefaultParamsWritable {
    private static final Map<String, String> BY_DEFAULT = Map.of(
            "model.layers", "[linear: 64, relu, linear]",
            "loss", "mse",
            "optimizer", "{adam: {lr: 0.003}}");

    private final String uid;
    private final TrainingParams training;
    private LockstepRegressionModel start;

    public LockstepRegressor() {
        this(Uid.random("lockstepRegressor"));
    }

    public LockstepRegressor(String uid) {
        this(Uid.of(uid));
    }

    private LockstepRegressor(Uid uid) {
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
    public LockstepRegressor self() {
        return this;
    }

    /** A model with a network of the same form, whose weights the training begins with; not saved. */
    public LockstepRegressor warmStart(LockstepRegressionModel model) {
        start = model;
        return this;
    }

    @Override
    public LockstepRegressor copy(ParamMap extra) {
        LockstepRegressor copy = new LockstepRegressor(uid);
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
    public LockstepRegressionModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        LockstepRegressionModel model = train(dataset);
        copyValues(model, ParamMap.empty());
        return model.setParent(this);
    }

    /** {@link #fit} without what Spark does around it. */
    @Override
    public LockstepRegressionModel train(Dataset<?> dataset) {
        Fit fit = new Fit(this, dataset.toDF());
        LabelFacts facts = fit.facts(rows -> LabelFacts.ofNumbers(rows, getLabelCol()));
        String features = namesFeatures() ? null : getFeaturesCol();
        Job job = JobOfParams.of(this, BY_DEFAULT, new JobOfParams.Columns(features, getLabelCol()), facts, hadoop());
        Fit.Trained trained = fit.run(job, start == null ? null : start.trained(), scale(job, facts));
        return new LockstepRegressionModel(uid(), trained.model(), trained.summary());
    }

    private LabelScale scale(Job job, LabelFacts facts) {
        List<Layer> layers = job.model().layers();
        boolean linear = !layers.isEmpty() && layers.get(layers.size() - 1) instanceof Linear last && last.bias();
        return isSet(job()) || !linear || !job.loss().equals(new Mse())
                ? LabelScale.NONE
                : new LabelScale(getLabelCol(), facts.mean(), facts.deviation());
    }

    private boolean namesFeatures() {
        return JobOfParams.namesFeatures(this, featuresCol(), hadoop());
    }

    private static Configuration hadoop() {
        return SparkSession.active().sparkContext().hadoopConfiguration();
    }

    public static MLReader<LockstepRegressor> read() {
        return new DefaultParamsReader<>();
    }

    public static LockstepRegressor load(String path) {
        return read().load(path);
    }
}
