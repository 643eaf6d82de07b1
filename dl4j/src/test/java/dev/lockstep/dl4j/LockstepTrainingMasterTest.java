package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxScoreIterationTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.earlystopping.SparkDataSetLossCalculator;
import org.deeplearning4j.spark.earlystopping.SparkEarlyStoppingTrainer;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What Deeplearning4j's Spark front end asks of a training master. */
@Tag("spark")
class LockstepTrainingMasterTest extends OnLocalSpark {
    @TempDir
    private Path folder;

    static MultiLayerConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private static LockstepTrainingMaster master() {
        return new LockstepTrainingMaster.Builder(4).workers(2).build();
    }

    private static JavaRDD<DataSet> examples() {
        return spark.parallelize(Data.cut(Data.table(38, 6, 3), 5), 3);
    }

    private static MultiLayerNetwork fitted(JavaRDD<DataSet> examples) {
        return new SparkDl4jMultiLayer(spark, network(), master()).fit(examples);
    }

    /** Remembers what it is told. */
    private static final class Heard extends BaseTrainingListener {
        private final List<String> steps = new ArrayList<>();
        private final List<Double> scores = new ArrayList<>();

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            steps.add(iteration + " of " + epoch);
            scores.add(model.score());
        }
    }

    @Test
    void tellsListenersOfEachGlobalStepAsOneProcessDoes() {
        Heard alone = new Heard();
        MultiLayerNetwork expected = new MultiLayerNetwork(network());
        expected.init();
        expected.setListeners(alone);
        Heard heard = new Heard();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master());
        network.setListeners(heard);
        JavaRDD<DataSet> examples = examples();
        for (int epoch = 0; epoch < 2; epoch++) {
            Data.cut(Data.table(38, 6, 3), 8).forEach(expected::fit);
            expected.incrementEpochCount();
            network.fit(examples);
        }

        assertEquals(alone.steps, heard.steps);
        assertEquals(10, heard.steps.size());
        for (int i = 0; i < 10; i++) {
            assertEquals(alone.scores.get(i), heard.scores.get(i), 1e-5, "step " + i);
        }
    }

    /** Asks what Deeplearning4j's own listeners ask of a network. */
    private static final class Asking extends BaseTrainingListener {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            int counted = ((MultiLayerNetwork) model).getIterationCount();
            heard.add(iteration + "=" + counted + ", examples=" + model.batchSize() + "="
                    + model.input().size(0) + ", updates="
                    + model.gradient().gradientForVariable().size());
        }
    }

    @Test
    void listenersSeeHowManyExamplesABatchHad() {
        Asking asking = new Asking();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master());
        network.setListeners(asking, new PerformanceListener(1, /* reportScore */ true));
        network.fit(examples());

        assertEquals(5, asking.heard.size());
        assertEquals("0=0, examples=8=8, updates=0", asking.heard.get(0));
        assertEquals("4=4, examples=6=6, updates=0", asking.heard.get(4));
        assertEquals(5, network.getNetwork().getIterationCount());
        assertNull(network.getNetwork().input());
    }

    @Test
    void aListenersFailureIsTheCallers() {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master());
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                throw new IllegalStateException("no more");
            }
        });

        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> network.fit(examples()));

        assertEquals("no more", thrown.getMessage());
    }

    @Test
    void persistedOrNotAndHoweverPartitionedTheSameRowsGiveTheSameBits() {
        JavaRDD<DataSet> persisted = examples().persist(StorageLevel.MEMORY_ONLY());
        assertEquals(8, persisted.count());
        JavaRDD<DataSet> others = spark.parallelize(Data.cut(Data.table(38, 6, 3), 1), 7);

        MultiLayerNetwork first = fitted(examples());

        Rounding.assertSameBits("persisted", first.params(), fitted(persisted).params());
        Rounding.assertSameBits("cut otherwise", first.params(), fitted(others).params());
        assertEquals(StorageLevel.MEMORY_ONLY(), persisted.getStorageLevel());
        persisted.unpersist();
    }

    @Test
    void readsAnRddOnceThatIsFittedAgain() {
        LongAccumulator read = spark.sc().longAccumulator("read");
        JavaRDD<DataSet> examples = examples().map(each -> {
            read.add(1);
            return each;
        });
        Set<Integer> before = Set.copyOf(spark.getPersistentRDDs().keySet());
        LockstepTrainingMaster master = master();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master);
        network.fit(examples);
        network.fit(examples);
        assertEquals(8, read.value());
        assertEquals(1, more(before).size());

        assertTrue(master.deleteTempFiles(spark));
        assertEquals(Set.of(), more(before));
        network.fit(examples);
        assertEquals(16, read.value());
        master.deleteTempFiles(spark.sc());
    }

    /** What Spark keeps that it did not keep before. */
    private static Set<Integer> more(Set<Integer> before) {
        Set<Integer> now = new HashSet<>(spark.getPersistentRDDs().keySet());
        now.removeAll(before);
        return now;
    }

    @Test
    void batchesOfFewerExamplesThanWorkers() {
        Single.follow(spark, network(), Data.table(17, 6, 3), /* batch */ 8, /* epochs */ 2);
    }

    @Test
    void fitsFilesThatDataSetsWereSavedTo() throws IOException {
        List<DataSet> parts = Data.cut(Data.table(38, 6, 3), 5);
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).save(new File(folder.toFile(), "part-" + i + ".bin"));
        }
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master());

        MultiLayerNetwork trained = network.fit(folder.toUri().toString());

        assertEquals(5, trained.getIterationCount());
        assertFalse(Double.isNaN(network.getScore()));
    }

    @Test
    void fitsPathsInTheirOrder() throws IOException {
        List<String> paths = new ArrayList<>();
        for (DataSet part : Data.cut(Data.table(38, 6, 3), 5)) {
            File file = Files.createTempFile(folder, "part", ".bin").toFile();
            part.save(file);
            paths.add(file.toURI().toString());
        }

        MultiLayerNetwork trained =
                new SparkDl4jMultiLayer(spark, network(), master()).fitPaths(spark.parallelize(paths, 2));

        Rounding.assertSameBits("paths", fitted(examples()).params(), trained.params());
    }

    @Test
    void aSavedNetworkGoesOnAsTheOneThatWasNotSaved() throws IOException {
        JavaRDD<DataSet> examples = examples();
        SparkDl4jMultiLayer straight = new SparkDl4jMultiLayer(spark, network(), master());
        straight.fit(examples);
        File file = folder.resolve("net.zip").toFile();
        ModelSerializer.writeModel(straight.getNetwork(), file, /* saveUpdater */ true);
        MultiLayerNetwork expected = straight.fit(examples);

        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, /* loadUpdater */ true);
        MultiLayerNetwork resumed = new SparkDl4jMultiLayer(spark, restored, master()).fit(examples);

        Rounding.assertSameBits("resumed", expected.params(), resumed.params());
        assertEquals(expected.getIterationCount(), resumed.getIterationCount());
    }

    @Test
    void stopsEarlyAndEvaluates() {
        JavaRDD<DataSet> examples = examples();
        EarlyStoppingConfiguration<MultiLayerNetwork> rule = new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .iterationTerminationConditions(new MaxScoreIterationTerminationCondition(10))
                .scoreCalculator(new SparkDataSetLossCalculator(examples, /* average */ true, spark.sc()))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(network());
        network.init();

        EarlyStoppingResult<MultiLayerNetwork> result =
                new SparkEarlyStoppingTrainer(spark, master(), rule, network, examples).fit();

        assertEquals(EarlyStoppingResult.TerminationReason.EpochTerminationCondition, result.getTerminationReason());
        assertTrue(result.getBestModelScore() < 1.3, "score=" + result.getBestModelScore());
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, result.getBestModel(), master());
        assertEquals(38, trained.evaluate(examples).getNumRowCounter());
    }

    @Test
    void sparkCannotCloseTheParametersThatABroadcastHeld() {
        JavaRDD<DataSet> examples = examples();
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, network(), master());
        trained.fit(examples);

        Broadcast<INDArray> held = spark.broadcast(trained.getNetwork().params());
        held.destroy();

        trained.fit(examples);
        assertEquals(2, trained.getNetwork().getEpochCount());
    }

    /** Counts in the workers, which are this process here. */
    private static final class Counting implements TrainingHook {
        static final AtomicInteger BEFORE = new AtomicInteger();
        static final AtomicInteger AFTER = new AtomicInteger();

        @Override
        public void preUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {
            BEFORE.addAndGet(minibatch.numExamples());
        }

        @Override
        public void postUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {
            AFTER.addAndGet(minibatch.numExamples());
        }

        @Override
        public void preUpdate(MultiDataSet minibatch, Model model) {
            throw new AssertionError("not a graph");
        }

        @Override
        public void postUpdate(MultiDataSet minibatch, Model model) {
            throw new AssertionError("not a graph");
        }
    }

    @Test
    void hooksSeeEveryShare() {
        LockstepTrainingMaster master = new LockstepTrainingMaster.Builder(4)
                .workers(2)
                .trainingHooks(new Counting())
                .build();
        new SparkDl4jMultiLayer(spark, network(), master).fit(examples());

        assertEquals(38, Counting.BEFORE.get());
        assertEquals(38, Counting.AFTER.get());
    }

    @Test
    void saysWhereTheTimeWent() {
        LockstepTrainingMaster master = new LockstepTrainingMaster.Builder(4)
                .workers(2)
                .collectTrainingStats(true)
                .build();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, network(), master);
        network.fit(examples());

        assertEquals(
                "[LockstepComputeTimesMs, LockstepDataTimesMs, LockstepFitTimesMs, LockstepWaitTimesMs]",
                network.getSparkTrainingStats().getKeySet().toString());
        assertEquals(
                1,
                network.getSparkTrainingStats().getValue("LockstepFitTimesMs").size());
        assertEquals(
                10,
                network.getSparkTrainingStats().getValue("LockstepWaitTimesMs").size());
        assertTrue(network.getSparkTrainingStats().statsAsString().startsWith("LockstepComputeTimesMs "));
    }

    @Test
    void settingsSurviveJsonAndYaml() {
        LockstepTrainingMaster master =
                new LockstepTrainingMaster.Builder(4).workers(2).libtorch(true).build();

        assertEquals("{\"workers\":2,\"batchSizePerWorker\":4,\"libtorch\":true}", master.toJson());
        assertEquals(
                master.toJson(),
                LockstepTrainingMaster.fromJson(master.toJson()).toJson());
        assertEquals(
                master.toJson(),
                LockstepTrainingMaster.fromYaml(master.toYaml()).toJson());
        assertArrayEquals(
                new String[] {
                    "workers must be in 1..65535: workers=0", "batchSizePerWorker must be above 0: batchSizePerWorker=0"
                },
                new String[] {
                    assertThrows(IllegalArgumentException.class, () -> new LockstepTrainingMaster.Builder(4)
                                    .workers(0)
                                    .build())
                            .getMessage(),
                    assertThrows(IllegalArgumentException.class, () -> new LockstepTrainingMaster.Builder(0).build())
                            .getMessage()
                });
    }
}
