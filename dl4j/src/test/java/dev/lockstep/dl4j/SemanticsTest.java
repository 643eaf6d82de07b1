package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** What Deeplearning4j does to gradients and parameters beside its updaters, against its own single process. */
@Tag("spark")
class SemanticsTest extends OnLocalSpark {
    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .activation(Activation.TANH);
    }

    private static MultiLayerConfiguration network(NeuralNetConfiguration.Builder settings) {
        return settings.list().layer(hidden()).layer(output()).build();
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder().nIn(6).nOut(8).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork follow(MultiLayerConfiguration conf) {
        return Single.follow(spark, conf, Data.table(38, 6, 3), /* batch */ 8, /* epochs */ 2);
    }

    @Test
    void schedulesCountGlobalStepsAndEpochs() {
        follow(network(settings().updater(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.5, 0.5, 3)))));
        follow(network(settings().updater(new Nesterovs(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.5), 0.9))));
    }

    @Test
    void rowsThatAreMaskedDoNotCount() {
        Single.follow(spark, network(settings()), Data.masked(38, 6, 3), /* batch */ 8, /* epochs */ 2);
    }

    @Test
    void regularizationIsAddedOnce() {
        follow(network(settings().l1(0.01).l2(0.02)));
        follow(network(settings().weightDecay(0.1).updater(new Sgd(0.1))));
    }

    @ParameterizedTest
    @EnumSource(GradientNormalization.class)
    void gradientsAreNormalizedAsOfTheWholeBatch(GradientNormalization normalization) {
        follow(network(settings().gradientNormalization(normalization).gradientNormalizationThreshold(0.05)));
    }

    @Test
    void constraintsHoldAfterEachStep() {
        MultiLayerNetwork trained =
                follow(network(settings().updater(new Sgd(1)).constrainWeights(new MaxNormConstraint(0.5, 1))));

        INDArray norms = trained.getParam("0_W").norm2(0);
        assertTrue(norms.maxNumber().doubleValue() < 0.5001, norms.toString());
    }

    @Test
    void frozenLayersStay() {
        MultiLayerConfiguration conf = settings()
                .list()
                .layer(new FrozenLayer(hidden()))
                .layer(output())
                .build();
        MultiLayerNetwork before = new MultiLayerNetwork(conf.clone());
        before.init();

        MultiLayerNetwork trained = follow(conf);

        Rounding.assertSameBits("frozen", before.getParam("0_W"), trained.getParam("0_W"));
    }

    @Test
    void eachLayerHasItsUpdater() {
        follow(settings()
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(8)
                        .updater(new Nesterovs(0.1, 0.9))
                        .biasUpdater(new Sgd(0.2))
                        .build())
                .layer(output())
                .build());
    }

    @Test
    void gradientsMayBeSums() {
        follow(network(settings().miniBatch(false).updater(new Sgd(0.01))));
    }

    @Test
    void cutSequencesMakeSeveralStepsOfABatch() {
        MultiLayerConfiguration conf = settings()
                .updater(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(3)
                .build();

        MultiLayerNetwork trained = Single.follow(spark, conf, Data.sequences(14, 8), /* batch */ 4, /* epochs */ 1);

        assertEquals(4 * 3, trained.getIterationCount());
    }

    @Test
    void dropoutDrawsTheSameAtEveryRun() {
        NeuralNetConfiguration.Builder settings = settings().dropOut(0.5);

        INDArray first = trained(network(settings), /* workers */ 2).params();

        Rounding.assertSameBits(
                "again", first, trained(network(settings), /* workers */ 2).params());
        assertNotEquals(first, trained(network(settings()), /* workers */ 2).params());
    }

    /** The mean of equal shares' means is that of the batch; variances are of shares, as in PyTorch's DDP. */
    @Test
    void runningMeansAreThoseOfWholeBatches() {
        MultiLayerConfiguration conf = settings()
                .list()
                .layer(new BatchNormalization.Builder().nIn(6).nOut(6).build())
                .layer(hidden())
                .layer(output())
                .build();
        MultiLayerNetwork expected = new MultiLayerNetwork(conf.clone());
        expected.init();
        Data.cut(Data.table(32, 6, 3), 8).forEach(expected::fit);

        Rounding.assertSame(
                "one worker", expected.params(), trained(conf, /* workers */ 1).params());
        Rounding.assertSame(
                "two workers",
                expected.getParam("0_mean"),
                trained(conf, /* workers */ 2).getParam("0_mean"));
    }

    private static MultiLayerNetwork trained(MultiLayerConfiguration conf, int workers) {
        LockstepTrainingMaster master =
                new LockstepTrainingMaster.Builder(8 / workers).workers(workers).build();
        return new SparkDl4jMultiLayer(spark, conf.clone(), master)
                .fit(spark.parallelize(Data.cut(Data.table(32, 6, 3), 5), 3));
    }
}
