package dev.lockstep.bench;

import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepRegressor;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.ParamGridBuilder;

/**
 * Who learns a table, and by what he is judged.
 *
 * @param metric accuracy or rmse
 */
record TableContest(String table, String metric, List<Side> sides) {
    private static final double[] PENALTIES = {0, 0.001, 0.01, 0.1, 1};
    private static final int[] HIDDEN = {16, 64};
    private static final int MLLIB_STEPS = 200;
    private static final String LBFGS = "{lbfgs: {line_search_fn: strong_wolfe}}";
    private static final int ALL_ROWS = 1024;

    /** @param grid of which the best counts */
    record Side(String name, Estimator<?> estimator, ParamMap[] grid) {}

    static List<TableContest> all() {
        return List.of(
                classes("breast_cancer", 30, 2, linear("{l2: 0.01}")),
                classes("wine", 13, 3, linear("{l2: 0.1, pattern: '*.weight'}")),
                classes("iris", 4, 3, deep("[linear: 16, tanh, linear]", 80)),
                classes("digits", 64, 10, deep("[linear: 128, relu, dropout: 0.5, linear]", 60)),
                numbers("diabetes"));
    }

    /** Few rows that a plane divides: a line search on all of them at once. */
    private static LockstepClassifier linear(String regularization) {
        return new LockstepClassifier()
                .setLayers("[linear]")
                .setOptimizer(LBFGS)
                .setRegularization(regularization)
                .setBatchSize(ALL_ROWS)
                .setEpochs(4)
                .setSeed(1);
    }

    private static LockstepClassifier deep(String layers, int epochs) {
        return new LockstepClassifier()
                .setLayers(layers)
                .setOptimizer("{adamw: {lr: 0.01, weight_decay: 0.05}}")
                .setSchedule("{cosine_annealing: {t_max: " + epochs + "}}")
                .setBatchSize(32)
                .setEpochs(epochs)
                .setSeed(1);
    }

    private static TableContest classes(String table, int inputs, int classes, LockstepClassifier lockstep) {
        LogisticRegression logistic = new LogisticRegression().setMaxIter(MLLIB_STEPS);
        MultilayerPerceptronClassifier perceptron = new MultilayerPerceptronClassifier()
                .setFeaturesCol("scaled")
                .setMaxIter(MLLIB_STEPS)
                .setSeed(1);
        StandardScaler scaler = new StandardScaler()
                .setInputCol("features")
                .setOutputCol("scaled")
                .setWithMean(true);
        return new TableContest(
                table,
                "accuracy",
                List.of(
                        new Side("LockstepClassifier", lockstep, new ParamMap[] {ParamMap.empty()}),
                        new Side(
                                "LogisticRegression",
                                logistic,
                                new ParamGridBuilder()
                                        .addGrid(logistic.regParam(), PENALTIES)
                                        .build()),
                        new Side(
                                "MultilayerPerceptronClassifier",
                                new Pipeline().setStages(new PipelineStage[] {scaler, perceptron}),
                                hidden(perceptron, inputs, classes))));
    }

    /** A grid builder for Java takes no arrays of arrays. */
    private static ParamMap[] hidden(MultilayerPerceptronClassifier perceptron, int inputs, int classes) {
        return IntStream.of(HIDDEN)
                .mapToObj(width -> new ParamMap().put(perceptron.layers().w(new int[] {inputs, width, classes})))
                .toArray(ParamMap[]::new);
    }

    private static TableContest numbers(String table) {
        LinearRegression linear = new LinearRegression().setMaxIter(MLLIB_STEPS);
        LockstepRegressor lockstep = new LockstepRegressor()
                .setLayers("[linear]")
                .setOptimizer(LBFGS)
                .setRegularization("{l2: 0.1}")
                .setBatchSize(ALL_ROWS)
                .setEpochs(4)
                .setSeed(1);
        return new TableContest(
                table,
                "rmse",
                List.of(
                        new Side("LockstepRegressor", lockstep, new ParamMap[] {ParamMap.empty()}),
                        new Side(
                                "LinearRegression",
                                linear,
                                new ParamGridBuilder()
                                        .addGrid(linear.regParam(), PENALTIES)
                                        .build())));
    }

    Evaluator evaluator() {
        return metric.equals("rmse")
                ? new RegressionEvaluator().setMetricName(metric)
                : new MulticlassClassificationEvaluator().setMetricName(metric);
    }
}
