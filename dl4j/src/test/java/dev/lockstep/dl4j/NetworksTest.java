package dev.lockstep.dl4j;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of Deeplearning4j's own examples, on two executors, against its single process. */
@Tag("spark")
class NetworksTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = Sessions.cluster();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().seed(123).weightInit(WeightInit.XAVIER);
    }

    private static OutputLayer classes(int from, int count) {
        return new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .nIn(from)
                .nOut(count)
                .activation(Activation.SOFTMAX)
                .build();
    }

    @Test
    void aPerceptron() {
        MultiLayerConfiguration conf = settings()
                .updater(new Nesterovs(0.006, 0.9))
                .l2(1e-4)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(100)
                        .activation(Activation.RELU)
                        .build())
                .layer(classes(100, 10))
                .build();
        Single.follow(spark, conf, Data.table(100, 784, 10), /* batch */ 32, /* epochs */ 2);
    }

    @Test
    void leNet() {
        MultiLayerConfiguration conf = settings()
                .l2(0.0005)
                .updater(new Adam(1e-3))
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nIn(1)
                        .stride(1, 1)
                        .nOut(20)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(pool())
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .stride(1, 1)
                        .nOut(50)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(pool())
                .layer(new DenseLayer.Builder()
                        .activation(Activation.RELU)
                        .nOut(500)
                        .build())
                .layer(classes(500, 10))
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build();
        Single.follow(spark, conf, Data.images(20), /* batch */ 8, /* epochs */ 1);
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    @Test
    void anLstmWithMasks() {
        MultiLayerConfiguration conf = settings()
                .updater(new Adam(0.005))
                .list()
                .layer(new LSTM.Builder()
                        .nIn(3)
                        .nOut(12)
                        .activation(Activation.TANH)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(12)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        Single.follow(spark, conf, Data.sequences(22, 9), /* batch */ 6, /* epochs */ 2);
    }

    @Test
    void aGraphWithTwoInputsAndTwoOutputs() {
        ComputationGraphConfiguration conf = settings()
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("l", new DenseLayer.Builder().nIn(4).nOut(5).build(), "left")
                .addLayer("r", new DenseLayer.Builder().nIn(3).nOut(5).build(), "right")
                .addVertex("both", new MergeVertex(), "l", "r")
                .addLayer("class", classes(10, 2), "both")
                .addLayer(
                        "number",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(10)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "both")
                .setOutputs("class", "number")
                .build();
        Single.follow(spark, conf, Data.pairs(30), /* batch */ 8, /* epochs */ 2);
    }
}
