package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that libtorch computes follow what Deeplearning4j makes of them in one process. */
@Tag("spark")
class LibtorchTest extends OnLocalSpark {
    private static final int BATCH = 8;
    private static final double TOLERANCE = 1e-5;

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().seed(123);
    }

    private static DenseLayer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
    }

    private static OutputLayer output(int in, int out, LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss)
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .build();
    }

    private static LockstepTrainingMaster master(int workers) {
        return new LockstepTrainingMaster.Builder(BATCH / workers)
                .workers(workers)
                .libtorch(true)
                .build();
    }

    private static MultiLayerNetwork trained(MultiLayerConfiguration conf, DataSet data, int workers) {
        LockstepTrainingMaster master = master(workers);
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, conf.clone(), master);
        network.fit(spark.parallelize(Data.cut(data, 3, 5), 2));
        network.fit(spark.parallelize(Data.cut(data, 4), 2));
        master.deleteTempFiles(spark);
        return network.getNetwork();
    }

    private static void assertFollows(MultiLayerConfiguration conf, DataSet data) {
        MultiLayerNetwork expected = new MultiLayerNetwork(conf.clone());
        expected.init();
        for (int epoch = 0; epoch < 2; epoch++) {
            Data.cut(data, BATCH).forEach(expected::fit);
            expected.incrementEpochCount();
        }
        for (int workers : List.of(1, 2)) {
            MultiLayerNetwork actual = trained(conf, data, workers);
            assertNear(workers + " workers", expected.params(), actual.params());
            assertNear(
                    workers + " workers, updater state",
                    expected.getUpdater().getStateViewArray(),
                    actual.getUpdater().getStateViewArray());
            assertEquals(expected.getIterationCount(), actual.getIterationCount());
            assertEquals(expected.getEpochCount(), actual.getEpochCount());
            assertEquals(expected.score(), actual.score(), TOLERANCE * Math.abs(expected.score()));
        }
    }

    private static void assertNear(String what, INDArray expected, INDArray actual) {
        double largest = Math.max(1, expected.amaxNumber().doubleValue());
        INDArray off = expected.sub(actual.reshape(expected.shape()));
        assertEquals(0, off.amaxNumber().doubleValue(), TOLERANCE * largest, what);
    }

    @Test
    void rowsWithAllThatDeeplearning4jDoesToAGradient() {
        assertFollows(
                settings()
                        .updater(new Adam(0.01))
                        .l1(1e-3)
                        .l2(1e-2)
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(0.5)
                        .constrainWeights(new MaxNormConstraint(0.9, 1))
                        .list()
                        .layer(dense(6, 9, Activation.TANH))
                        .layer(dense(9, 7, Activation.SIGMOID))
                        .layer(output(7, 3, LossFunction.MCXENT, Activation.SOFTMAX))
                        .build(),
                Data.table(38, 6, 3));
    }

    @Test
    void aLossThatOurOwnLayersHaveNot() {
        assertFollows(
                settings()
                        .updater(new Nesterovs(0.01, 0.9))
                        .list()
                        .layer(dense(6, 9, Activation.TANH))
                        .layer(dense(9, 3, Activation.SIGMOID))
                        .layer(new LossLayer.Builder(LossFunction.SQUARED_HINGE)
                                .activation(Activation.IDENTITY)
                                .build())
                        .build(),
                Data.table(38, 6, 3));
    }

    @Test
    void masksOfLabels() {
        assertFollows(
                settings()
                        .updater(new Nesterovs(0.01, 0.9))
                        .miniBatch(false)
                        .list()
                        .layer(dense(6, 9, Activation.TANH))
                        .layer(output(9, 3, LossFunction.XENT, Activation.SIGMOID))
                        .build(),
                Data.masked(38, 6, 3));
    }

    @Test
    void leNet() {
        assertFollows(
                settings()
                        .updater(new Nesterovs(0.01, 0.9))
                        .list()
                        .layer(new ConvolutionLayer.Builder(5, 5)
                                .nOut(6)
                                .activation(Activation.RELU)
                                .build())
                        .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build())
                        .layer(new ConvolutionLayer.Builder(5, 5)
                                .nOut(8)
                                .activation(Activation.TANH)
                                .build())
                        .layer(new DenseLayer.Builder()
                                .nOut(20)
                                .activation(Activation.RELU)
                                .build())
                        .layer(new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                                .nOut(10)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.convolutionalFlat(28, 28, 1))
                        .build(),
                Data.images(20));
    }

    @Test
    void aGraphThatIsAChain() {
        ComputationGraphConfiguration conf = settings()
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", dense(6, 9, Activation.TANH), "in")
                .addLayer("out", output(9, 3, LossFunction.MSE, Activation.IDENTITY), "hidden")
                .setOutputs("out")
                .build();
        DataSet data = Data.table(38, 6, 3);
        ComputationGraph expected = new ComputationGraph(conf.clone());
        expected.init();
        Data.cut(data, BATCH).forEach(expected::fit);

        LockstepTrainingMaster master = master(2);
        SparkComputationGraph network = new SparkComputationGraph(spark, conf.clone(), master);
        ComputationGraph actual = network.fit(spark.parallelize(Data.cut(data, 3, 5), 2));
        master.deleteTempFiles(spark);

        assertNear("parameters", expected.params(), actual.params());
        assertEquals(expected.score(), actual.score(), TOLERANCE * Math.abs(expected.score()));
    }

    @Test
    void dropoutIsTheSameAgain() {
        MultiLayerConfiguration conf = settings()
                .updater(new Adam(0.01))
                .list()
                .layer(dense(6, 9, Activation.TANH))
                .layer(new DenseLayer.Builder()
                        .nIn(9)
                        .nOut(7)
                        .dropOut(new Dropout(0.5))
                        .build())
                .layer(output(7, 3, LossFunction.MCXENT, Activation.SOFTMAX))
                .build();
        DataSet data = Data.table(38, 6, 3);

        Rounding.assertSameBits(
                "again", trained(conf, data, 2).params(), trained(conf, data, 2).params());
    }

    private static String refusal(DataSet data, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = settings().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, list.build(), master(2));
        INDArray before = network.getNetwork().params().dup();
        JobFileException refused =
                assertThrows(JobFileException.class, () -> network.fit(spark.parallelize(Data.cut(data, 5), 2)));

        Rounding.assertSameBits("untouched", before, network.getNetwork().params());
        String end = ". Without libtorch(true) Deeplearning4j computes such a network itself.";
        assertEquals(end, refused.getMessage().substring(refused.getMessage().length() - end.length()));
        return refused.getMessage().substring(0, refused.getMessage().length() - end.length());
    }

    @Test
    void whatLibtorchCannotComputeIsNamed() {
        DataSet data = Data.table(38, 6, 3);
        OutputLayer last = output(9, 3, LossFunction.MCXENT, Activation.SOFTMAX);
        assertEquals(
                "Layer cannot be converted: layer=layer1, kind=BatchNormalization,"
                        + " reason=its running statistics are kept otherwise here",
                refusal(
                        data,
                        dense(6, 9, Activation.TANH),
                        new BatchNormalization.Builder().nIn(9).nOut(9).build(),
                        last));
        assertEquals(
                "Layer cannot be converted: layer=layer0, kind=FrozenLayer, reason=it is not trained",
                refusal(data, new FrozenLayer(dense(6, 9, Activation.TANH)), last));
        assertEquals(
                "Layer cannot be converted: layer=layer0, kind=DenseLayer, reason=there is no noise on weights here",
                refusal(
                        data,
                        new DenseLayer.Builder()
                                .nIn(6)
                                .nOut(9)
                                .weightNoise(new DropConnect(0.5))
                                .build(),
                        last));
        assertEquals(
                "Sequences cannot be converted in memory, as their steps are first here: example=[3, 9]",
                refusal(
                        Data.sequences(22, 9),
                        new LSTM.Builder().nIn(3).nOut(9).build(),
                        new org.deeplearning4j.nn.conf.layers.RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nIn(9)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build()));
    }
}
