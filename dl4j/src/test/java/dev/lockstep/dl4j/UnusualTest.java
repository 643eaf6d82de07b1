package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What programs of Deeplearning4j do beside the usual. */
@Tag("spark")
class UnusualTest extends OnLocalSpark {
    private static LockstepTrainingMaster master(int workers) {
        return new LockstepTrainingMaster.Builder(8 / workers).workers(workers).build();
    }

    private static MultiLayerNetwork fitted(JavaRDD<DataSet> examples) {
        return new SparkDl4jMultiLayer(spark, LockstepTrainingMasterTest.network(), master(2)).fit(examples);
    }

    /** One process, which has been given the same global batches. */
    private static MultiLayerNetwork alone(MultiLayerNetwork network, List<DataSet> batches) {
        batches.forEach(network::fit);
        return network;
    }

    private static MultiLayerNetwork untrained(MultiLayerConfiguration conf) {
        MultiLayerNetwork network = new MultiLayerNetwork(conf.clone());
        network.init();
        return network;
    }

    @Test
    void partitionsAndDataSetsMayBeEmpty() {
        List<DataSet> parts = new ArrayList<>(Data.cut(Data.table(38, 6, 3), 5));
        parts.add(3, new DataSet());

        MultiLayerNetwork trained = fitted(spark.parallelize(parts, 20));

        Rounding.assertSameBits(
                "empty ones",
                fitted(spark.parallelize(Data.cut(Data.table(38, 6, 3), 5), 3)).params(),
                trained.params());
    }

    @Test
    void oneExampleIsABatch() {
        Single.follow(spark, LockstepTrainingMasterTest.network(), Data.table(1, 6, 3), /* batch */ 8, /* epochs */ 3);
    }

    @Test
    void numbersMayBeOfTwicePrecision() {
        DataSet floats = Data.table(38, 6, 3);
        DataSet doubles = new DataSet(
                floats.getFeatures().castTo(DataType.DOUBLE), floats.getLabels().castTo(DataType.DOUBLE));

        Rounding.assertSameBits(
                "doubles",
                fitted(spark.parallelize(Data.cut(floats, 5), 3)).params(),
                fitted(spark.parallelize(Data.cut(doubles, 5), 3)).params());
    }

    @Test
    void someDataSetsHaveMasksAndOthersHaveNone() {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        List<DataSet> parts = Data.cut(Data.sequences(16, 6), 2);
        for (int i = 0; i < parts.size(); i += 3) {
            parts.get(i).setFeaturesMaskArray(null);
            parts.get(i).setLabelsMaskArray(null);
        }
        List<DataSet> batches = Stream.of(parts.subList(0, 4), parts.subList(4, 8))
                .map(DataSet::merge)
                .toList();

        MultiLayerNetwork trained =
                new SparkDl4jMultiLayer(spark, conf.clone(), master(2)).fit(spark.parallelize(parts, 3));

        Rounding.assertSame("masks", alone(untrained(conf), batches).params(), trained.params());
    }

    @Test
    void aNetworkGoesOnFromWhatOneProcessHasTrained() {
        List<DataSet> batches = Data.cut(Data.table(32, 6, 3), 8);
        MultiLayerNetwork expected = alone(alone(untrained(LockstepTrainingMasterTest.network()), batches), batches);
        MultiLayerNetwork before = alone(untrained(LockstepTrainingMasterTest.network()), batches);

        MultiLayerNetwork trained =
                new SparkDl4jMultiLayer(spark, before, master(2)).fit(spark.parallelize(batches, 3));

        Rounding.assertSame("parameters", expected.params(), trained.params());
        Rounding.assertSame(
                "updater state",
                expected.getUpdater().getStateViewArray(),
                trained.getUpdater().getStateViewArray());
        assertEquals(8, trained.getIterationCount());
        Rounding.assertSame(
                "and on in one process",
                alone(expected, batches).params(),
                alone(trained, batches).params());
    }

    @Test
    void aNetworkThatWasNotInitializedIs() {
        MultiLayerNetwork raw = new MultiLayerNetwork(LockstepTrainingMasterTest.network());

        MultiLayerNetwork trained = new SparkDl4jMultiLayer(spark, raw, master(2))
                .fit(spark.parallelize(Data.cut(Data.table(38, 6, 3), 5), 3));

        assertEquals(5, trained.getIterationCount());
    }

    @Test
    void whatWasLearntElsewhereStaysFrozen() {
        List<DataSet> batches = Data.cut(Data.table(32, 6, 3), 8);
        MultiLayerNetwork learnt = alone(untrained(LockstepTrainingMasterTest.network()), batches);
        MultiLayerNetwork transferred = new TransferLearning.Builder(learnt)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.02))
                        .seed(7)
                        .build())
                .setFeatureExtractor(0)
                .removeOutputLayer()
                .addLayer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        MultiLayerNetwork expected = alone(transferred.clone(), batches);

        MultiLayerNetwork trained =
                new SparkDl4jMultiLayer(spark, transferred, master(2)).fit(spark.parallelize(batches, 3));

        Rounding.assertSame("transferred", expected.params(), trained.params());
        Rounding.assertSameBits("frozen", learnt.getParam("0_W"), trained.getParam("0_W"));
        assertNotEquals(learnt.getParam("1_W"), trained.getParam("1_W"));
    }

    @Test
    void aGraphsFrozenVerticesStay() {
        List<DataSet> batches = Data.cut(Data.table(32, 6, 3), 8);
        ComputationGraph whole = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", new DenseLayer.Builder().nIn(6).nOut(8).build(), "in")
                .addLayer("last", new OutputLayer.Builder().nIn(8).nOut(3).build(), "first")
                .setOutputs("last")
                .build());
        whole.init();
        ComputationGraph frozen = new TransferLearning.GraphBuilder(whole)
                .setFeatureExtractor("first")
                .build();
        ComputationGraph expected = frozen.clone();
        batches.forEach(expected::fit);

        ComputationGraph trained =
                new SparkComputationGraph(spark, frozen, master(2)).fit(spark.parallelize(batches, 3));

        Rounding.assertSame("graph", expected.params(), trained.params());
        Rounding.assertSameBits("frozen", whole.getParam("first_W"), trained.getParam("first_W"));
        assertNotEquals(whole.getParam("last_W"), trained.getParam("last_W"));
    }

    @Test
    void twoNetworksTrainAtOnce() {
        List<DataSet> parts = Data.cut(Data.table(38, 6, 3), 5);
        List<CompletableFuture<MultiLayerNetwork>> both = Stream.of(1, 2)
                .map(each -> CompletableFuture.supplyAsync(() -> fitted(spark.parallelize(parts, 3))))
                .toList();

        MultiLayerNetwork expected = fitted(spark.parallelize(parts, 3));

        both.forEach(each -> Rounding.assertSameBits(
                "beside another", expected.params(), each.join().params()));
    }
}
