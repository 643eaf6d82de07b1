package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.optim.Adam;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Relu;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class LockstepClassifierTest {
    private static Dataset<Row> clouds;
    private static LockstepClassificationModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        clouds = Tables.clouds(150);
        model = quick().fit(clouds);
    }

    private static LockstepClassifier quick() {
        return new LockstepClassifier()
                .setLayers("[linear: 8, relu, linear]")
                .setOptimizer("{adam: {lr: 0.05}}")
                .setEpochs(15)
                .setBatchSize(32)
                .setSeed(3);
    }

    private static double accuracy(Dataset<Row> predicted) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    }

    @Test
    void keepsThePromisesOfParams() {
        ParamsContract.require(new LockstepClassifier());
        ParamsContract.require(quick().setNumWorkers(2).setCheckpointDir("kept"));
        ParamsContract.require(model);
        assertEquals("mine", new LockstepClassifier("mine").uid());
        assertEquals("mine", new LockstepClassifier("mine").featuresCol().parent());
        LockstepClassifier copy =
                quick().copy(new ParamMap().put(quick().batchSize().w(7)));
        assertEquals(15, copy.getEpochs());
    }

    @Test
    void learnsWithoutASetting() {
        assertTrue(accuracy(new LockstepClassifier().fit(clouds).transform(clouds)) > 0.95);
    }

    @Test
    void answersInTheColumnsOfSparkMl() {
        Dataset<Row> answered = model.transform(clouds);
        assertEquals(
                List.of("id", "features", "label", "name", "rawPrediction", "probability", "prediction"),
                Arrays.asList(answered.columns()));
        assertEquals(model.transformSchema(clouds.schema()).fieldNames().length, answered.columns().length);
        assertEquals(clouds.select("id").collectAsList(), answered.select("id").collectAsList());
        assertTrue(accuracy(answered) > 0.95);
        for (Row row : answered.collectAsList()) {
            Vector probability = row.getAs("probability");
            assertEquals(1, Arrays.stream(probability.toArray()).sum(), 1e-9);
            assertEquals(probability.argmax(), row.<Double>getAs("prediction"));
            Vector features = row.getAs("features");
            assertArrayEquals(
                    row.<Vector>getAs("rawPrediction").toArray(),
                    model.predictRaw(features).toArray(),
                    1e-5);
            assertArrayEquals(
                    probability.toArray(), model.predictProbability(features).toArray(), 1e-5);
            assertEquals(row.<Double>getAs("prediction"), model.predict(features));
        }
    }

    @Test
    void tellsTheNextStageOfItsClasses() {
        StructType schema = model.transform(clouds).schema();
        // Spark's own models tell their columns in another order than they have them.
        assertEquals(Set.of(model.transformSchema(clouds.schema()).fields()), Set.of(schema.fields()));
        assertEquals(
                3, schema.apply("probability").metadata().getMetadata("ml_attr").getLong("num_attrs"));
        assertEquals(3, model.numClasses());
        assertEquals(2, model.numFeatures());
    }

    @Test
    void leavesOutColumnsWithoutAName() {
        LockstepClassificationModel quiet =
                model.copy(ParamMap.empty()).setRawPredictionCol("").setProbabilityCol("");
        assertEquals(
                List.of("id", "features", "label", "name", "prediction"),
                Arrays.asList(quiet.transform(clouds).columns()));
        assertEquals(
                model.transform(clouds).select("prediction").collectAsList(),
                quiet.transform(clouds).select("prediction").collectAsList());
    }

    @Test
    void dividesByThresholds() {
        LockstepClassificationModel never = model.copy(ParamMap.empty()).setThresholds(new double[] {1e-12, 1.0, 1.0});
        Row one = never.transform(clouds.filter("label = 1").limit(1)).head();
        assertEquals(0.0, one.<Double>getAs("prediction"));
        assertEquals(1, one.<Vector>getAs("probability").argmax());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> model.copy(ParamMap.empty())
                        .setThresholds(new double[] {1, 1}))
                .getMessage()
                .contains("thresholds"));
    }

    @Test
    void takesTheNumberOfClassesFromTheColumnsMetadata() {
        Dataset<Row> indexed = new StringIndexer()
                .setInputCol("name")
                .setOutputCol("index")
                .fit(clouds)
                .transform(clouds)
                .filter("index < 2");
        assertEquals(3, quick().setEpochs(1).setLabelCol("index").fit(indexed).numClasses());
        assertEquals(2, quick().setEpochs(1).fit(clouds.filter("label < 2")).numClasses());
        // As spark.ml has it: the class that a fold lacks is a class.
        assertEquals(3, quick().setEpochs(1).fit(clouds.filter("label > 0")).numClasses());
    }

    @Test
    void takesLabelsOfAnyTypeAndGivesThemBack() {
        LockstepClassificationModel named =
                quick().setLabelCol("name").fit(clouds).setPredictedLabelCol("said");
        Dataset<Row> answered = named.transform(clouds);
        assertTrue(answered.filter("said = name").count() > 142);
        assertEquals(
                answered.select("label").collectAsList().stream()
                        .filter(row -> row.getDouble(0) < 0)
                        .toList(),
                List.of());
        assertEquals("string", answered.schema().apply("said").dataType().simpleString());
    }

    @Test
    void countsRowsByTheirWeights() {
        // Without the rows of the third class nothing is ever taken for it.
        Dataset<Row> weighed = clouds.withColumn("counts", functions.expr("if(label = 2, 0.0, 1.0)"));
        LockstepClassificationModel blind = quick().setWeightCol("counts").fit(weighed);
        assertEquals(3, blind.numClasses());
        assertEquals(0, blind.transform(clouds).filter("prediction = 2").count());
    }

    @Test
    void isTheSameFromTextAndFromObjects() {
        LockstepClassificationModel built = quick().setLayers(new Linear(8), new Relu(), new Linear(3))
                .setOptimizer(new Adam(0.05))
                .setLoss(new CrossEntropy())
                .fit(clouds);
        assertArrayEquals(values(model), values(built));
    }

    private static float[] values(LockstepClassificationModel of) {
        return of.trained().members().get(0).values();
    }

    @Test
    void isTheSameWithAnyNumberOfWorkersButForRounding() {
        assertArrayEquals(values(model), values(quick().setNumWorkers(3).fit(clouds)), 1e-4f);
    }

    @Test
    void takesAWholeJobAndLetsParamsCountBeforeIt() {
        String job =
                """
                model: {layers: [linear: 8, relu, linear: 3]}
                loss: cross_entropy
                optimizer: {adam: {lr: 0.05}}
                train: {epochs: 99, batch: 32, seed: 3}
                """;
        LockstepClassificationModel told =
                new LockstepClassifier().setJob(job).setEpochs(15).fit(clouds);
        assertArrayEquals(values(model), values(told));
        assertEquals(15, told.summary().epochs());
    }

    @Test
    void refusesWithTheNameOfTheParam() {
        JobFileException refused =
                assertThrows(JobFileException.class, () -> quick().setEpochs(0).fit(clouds));
        assertTrue(refused.getMessage().startsWith("epochs: "), refused::getMessage);
        assertTrue(refused.getMessage().contains("epochs=0"), refused::getMessage);
        JobFileException unknown = assertThrows(
                JobFileException.class, () -> quick().setLayers("[linaer: 8]").fit(clouds));
        assertTrue(unknown.getMessage().startsWith("layers: "), unknown::getMessage);
        assertTrue(unknown.getMessage().contains("linear"), unknown::getMessage);
        IllegalArgumentException absent =
                assertThrows(IllegalArgumentException.class, () -> quick().setFeaturesCol("nowhere")
                        .fit(clouds));
        assertTrue(absent.getMessage().contains("nowhere"), absent::getMessage);
    }

    @Test
    void measuresByTheRowsThatAColumnMarks() {
        Dataset<Row> marked = clouds.withColumn("held", functions.expr("id % 5 = 0"));
        LockstepClassificationModel fitted = quick().setValidationIndicatorCol("held")
                .setEarlyStoppingPatience(2)
                .fit(marked);
        TrainingSummary summary = fitted.summary();
        assertEquals(summary.epochs(), summary.objectiveHistory().length);
        assertEquals(summary.epochs(), summary.validationHistory().size());
        assertTrue(summary.validationHistory().get(0).get("loss") > 0);
        assertTrue(summary.seconds() > 0 && summary.examplesPerSecond() > 0, summary::toString);
        assertTrue(summary.objectiveHistory()[0] > summary.objectiveHistory()[summary.epochs() - 1]);
    }

    @Test
    void goesOnFromAModel() {
        LockstepClassificationModel further =
                quick().setEpochs(1).warmStart(model).fit(clouds);
        assertTrue(further.summary().objectiveHistory()[0] < model.summary().objectiveHistory()[5]);
    }

    @Test
    void isReadBackAsItWas() throws Exception {
        String place = folder.resolve("model").toString();
        model.write().save(place);
        assertThrows(java.io.IOException.class, () -> model.write().save(place));
        model.write().overwrite().save(place);
        LockstepClassificationModel read = LockstepClassificationModel.load(place);

        assertEquals(model.uid(), read.uid());
        assertEquals(model.explainParams(), read.explainParams());
        Frames.assertSame(model.transform(clouds), read.transform(clouds));
        assertFalse(read.hasSummary());
        assertTrue(assertThrows(IllegalStateException.class, read::summary)
                .getMessage()
                .startsWith("Only the model"));

        LockstepClassifier estimator = quick().setNumWorkers(2);
        estimator.write().save(folder.resolve("estimator").toString());
        LockstepClassifier again =
                LockstepClassifier.load(folder.resolve("estimator").toString());
        assertEquals(estimator.explainParams(), again.explainParams());
        assertEquals(estimator.uid(), again.uid());
    }

    @Test
    void isAStageOfPipelines() throws Exception {
        Dataset<Row> table =
                clouds.withColumn("vector", functions.col("features")).drop("features", "label");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol("name").setOutputCol("label"),
            new VectorAssembler().setInputCols(new String[] {"vector"}).setOutputCol("features"),
            quick()
        });
        String place = folder.resolve("pipeline").toString();
        pipeline.write().save(place);
        PipelineModel fitted = Pipeline.load(place).fit(table);
        assertTrue(accuracy(fitted.transform(table)) > 0.95);
        String kept = folder.resolve("fitted").toString();
        fitted.write().save(kept);
        Frames.assertSame(fitted.transform(table), PipelineModel.load(kept).transform(table));
    }

    @Test
    void isTunedByCrossValidatorAndSplit() {
        LockstepClassifier estimator = quick().setOptimizer("{sgd: {lr: 0.02}}");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(estimator.epochs(), new int[] {1, 40})
                .build();
        MulticlassClassificationEvaluator evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy");
        var chosen = new CrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(grid)
                .setEvaluator(evaluator)
                .setNumFolds(2)
                .setParallelism(2)
                .setSeed(1)
                .fit(clouds);
        assertTrue(chosen.avgMetrics()[1] > chosen.avgMetrics()[0], () -> Arrays.toString(chosen.avgMetrics()));
        LockstepClassificationModel best = (LockstepClassificationModel) chosen.bestModel();
        assertSame(LockstepClassificationModel.class, best.getClass());
        var split = new TrainValidationSplit()
                .setEstimator(estimator)
                .setEstimatorParamMaps(grid)
                .setEvaluator(evaluator)
                .setSeed(1)
                .fit(clouds);
        assertTrue(accuracy(split.transform(clouds)) > 0.9);
    }

    @Test
    void takesTheColumnsThatAJobNames() {
        Dataset<Row> flat = clouds.selectExpr("id", "label", "cast(features as string) as text")
                .selectExpr(
                        "id",
                        "label",
                        "cast(split(substring(text, 2, length(text) - 2), ',')[0] as double) as x",
                        "cast(split(substring(text, 2, length(text) - 2), ',')[1] as double) as y");
        LockstepClassificationModel fitted =
                quick().setJob("data: {features: [x, y]}").fit(flat);
        assertTrue(accuracy(fitted.transform(flat.select("y", "label", "x"))) > 0.95);
        assertEquals(
                DataTypes.DoubleType,
                fitted.transform(flat).schema().apply("prediction").dataType());
    }

    @Test
    void refusesAnotherNumberOfFeatures() {
        assertEquals(
                "Features must be as many as in training: features=3, numFeatures=2",
                assertThrows(IllegalArgumentException.class, () -> model.predictRaw(Vectors.dense(1, 2, 3)))
                        .getMessage());
    }
}
