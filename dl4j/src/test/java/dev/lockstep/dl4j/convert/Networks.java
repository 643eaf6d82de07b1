package dev.lockstep.dl4j.convert;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of Deeplearning4j of every kind of layer that we have too, with weights that nobody trained. */
final class Networks {
    private static final InputType IMAGES = InputType.convolutional(11, 9, 2);

    private Networks() {}

    /**
     * One of them.
     *
     * @param input extents of one example, as Deeplearning4j takes it
     * @param shape the same, as we take it; empty where the file says it
     * @param indices how many rows there are for each number of an example to name; 0 for any numbers
     */
    record Sample(Model model, List<Integer> input, List<Integer> shape, int indices) {}

    static Map<String, Sample> all() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Activation activation : List.of(
                Activation.IDENTITY,
                Activation.RELU,
                Activation.RELU6,
                Activation.LEAKYRELU,
                Activation.ELU,
                Activation.SELU,
                Activation.SWISH,
                Activation.MISH,
                Activation.SIGMOID,
                Activation.TANH,
                Activation.HARDTANH,
                Activation.RECTIFIEDTANH,
                Activation.SOFTPLUS,
                Activation.SOFTSIGN,
                Activation.SOFTMAX)) {
            samples.put("dense " + activation, rows(dense(6, activation)));
        }
        samples.put(
                "dense capped ReLU",
                rows(dense(6).activation(new ActivationReLU(1.5, 0.0, 0.0)).build()));
        samples.put(
                "dense leaking ReLU",
                rows(dense(6).activation(new ActivationReLU(null, 0.0, 0.3)).build()));
        samples.put("dense without bias", rows(dense(6).hasBias(false).build()));
        samples.put("dense frozen", rows(new FrozenLayer(dense(6, Activation.TANH))));
        samples.put("dropout", rows(dense(6).dropOut(0.8).build(), new DropoutLayer(0.5)));
        samples.put("activation layer", rows(dense(6, Activation.IDENTITY), new ActivationLayer(Activation.TANH)));
        samples.put("batch norm of rows", rows(dense(6, Activation.IDENTITY), batchNorm()));
        samples.put("batch norm by variances", rows(dense(6, Activation.IDENTITY), variances()));
        samples.put("batch norm without scale", rows(dense(6, Activation.IDENTITY), locked()));
        samples.put("loss layer", chain(List.of(4), 0, dense(3, Activation.IDENTITY), loss()));
        samples.put("binary", chain(List.of(4), 0, output(LossFunction.XENT, Activation.SIGMOID, 2)));
        samples.put("regression", chain(List.of(4), 0, output(LossFunction.MSE, Activation.TANH, 2)));
        samples.put(
                "regression MAE", chain(List.of(4), 0, output(LossFunction.MEAN_ABSOLUTE_ERROR, Activation.RELU, 2)));
        samples.put("counts", chain(List.of(4), 0, output(LossFunction.POISSON, Activation.SOFTPLUS, 2)));
        samples.put("embedding", chain(List.of(1), 9, embedding(false), output()));
        samples.put("embedding with bias", chain(List.of(1), 9, embedding(true), output()));
        images(samples);
        sequences(samples);
        samples.put("graph", graph());
        return samples;
    }

    private static void images(Map<String, Sample> samples) {
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
            samples.put(
                    "convolution " + mode,
                    image(convolution(3, 3).convolutionMode(mode).build()));
            samples.put(
                    "convolution even " + mode,
                    image(convolution(2, 4).convolutionMode(mode).build()));
            samples.put(
                    "convolution of stride 2 " + mode,
                    image(convolution(3, 3).stride(2, 2).convolutionMode(mode).build()));
            samples.put(
                    "dilated convolution " + mode,
                    image(convolution(3, 2).dilation(2, 2).convolutionMode(mode).build()));
            for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG)) {
                samples.put(
                        "pooling " + type + " " + mode,
                        image(pooling(type, 3, 2).convolutionMode(mode).build()));
                samples.put(
                        "pooling over the end " + type + " " + mode,
                        image(pooling(type, 2, 2).convolutionMode(mode).build()));
            }
        }
        samples.put(
                "convolution padded",
                image(convolution(3, 3).padding(1, 2).hasBias(false).build()));
        samples.put(
                "pooling padded",
                image(pooling(PoolingType.AVG, 3, 1).padding(1, 1).build()));
        samples.put(
                "pooling padding counted",
                image(pooling(PoolingType.AVG, 3, 1)
                        .padding(1, 1)
                        .avgPoolIncludePadInDivisor(true)
                        .build()));
        samples.put("batch norm of images", image(convolution(3, 3).build(), batchNorm()));
        samples.put(
                "local response",
                image(convolution(3, 3).nOut(9).build(), new LocalResponseNormalization.Builder().build()));
        samples.put(
                "spatial dropout",
                image(convolution(3, 3).dropOut(new SpatialDropout(0.7)).build()));
        for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.SUM)) {
            samples.put(
                    "global pooling " + type,
                    image(convolution(3, 3).build(), new GlobalPoolingLayer.Builder(type).build()));
        }
        samples.put("flat images", flatImages());
    }

    private static void sequences(Map<String, Sample> samples) {
        LSTM lstm =
                new LSTM.Builder().nIn(3).nOut(5).activation(Activation.TANH).build();
        samples.put(
                "LSTM, last step",
                new Sample(
                        network(InputType.recurrent(3), new LastTimeStep(lstm), output()),
                        List.of(3, 7),
                        List.of(7, 3),
                        0));
        samples.put(
                "two LSTMs, each step",
                new Sample(
                        network(
                                InputType.recurrent(3),
                                lstm,
                                new LSTM.Builder()
                                        .nOut(4)
                                        .activation(Activation.TANH)
                                        .build(),
                                new RnnOutputLayer.Builder(LossFunction.MSE)
                                        .activation(Activation.TANH)
                                        .nOut(2)
                                        .build()),
                        List.of(3, 7),
                        List.of(7, 3),
                        0));
        samples.put(
                "words and an LSTM",
                new Sample(
                        network(
                                null,
                                new EmbeddingSequenceLayer.Builder()
                                        .nIn(9)
                                        .nOut(4)
                                        .inputLength(6)
                                        .build(),
                                new LastTimeStep(new LSTM.Builder()
                                        .nIn(4)
                                        .nOut(5)
                                        .activation(Activation.TANH)
                                        .build()),
                                new OutputLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .nIn(5)
                                        .nOut(3)
                                        .build()),
                        List.of(6),
                        List.of(),
                        9));
    }

    private static DenseLayer dense(int nOut, Activation activation) {
        return dense(nOut).activation(activation).build();
    }

    private static DenseLayer.Builder dense(int nOut) {
        return new DenseLayer.Builder().nOut(nOut).activation(Activation.TANH);
    }

    private static OutputLayer output() {
        return output(LossFunction.MCXENT, Activation.SOFTMAX, 3);
    }

    private static OutputLayer output(LossFunction loss, Activation activation, int nOut) {
        return new OutputLayer.Builder(loss).activation(activation).nOut(nOut).build();
    }

    private static LossLayer loss() {
        return new LossLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static EmbeddingLayer embedding(boolean bias) {
        return new EmbeddingLayer.Builder()
                .nIn(9)
                .nOut(4)
                .hasBias(bias)
                .activation(Activation.TANH)
                .build();
    }

    private static BatchNormalization batchNorm() {
        return new BatchNormalization.Builder()
                .eps(1e-4)
                .decay(0.8)
                .useLogStd(true)
                .build();
    }

    private static BatchNormalization variances() {
        return new BatchNormalization.Builder().useLogStd(false).build();
    }

    private static BatchNormalization locked() {
        return new BatchNormalization.Builder().lockGammaBeta(true).build();
    }

    private static ConvolutionLayer.Builder convolution(int height, int width) {
        return new ConvolutionLayer.Builder(height, width).nOut(4).activation(Activation.RELU);
    }

    private static SubsamplingLayer.Builder pooling(PoolingType type, int kernel, int stride) {
        return new SubsamplingLayer.Builder(type).kernelSize(kernel, kernel).stride(stride, stride);
    }

    private static Sample rows(Layer... layers) {
        Layer[] all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = output();
        return chain(List.of(4), 0, all);
    }

    private static Sample chain(List<Integer> input, int indices, Layer... layers) {
        return new Sample(network(InputType.feedForward(indices == 0 ? 4 : 9), layers), input, List.of(), indices);
    }

    private static Sample image(Layer... layers) {
        Layer[] all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = output();
        return new Sample(network(IMAGES, all), List.of(2, 11, 9), List.of(2, 11, 9), 0);
    }

    /** Images that come as rows: the file says their shape. */
    private static Sample flatImages() {
        return new Sample(
                network(InputType.convolutionalFlat(11, 9, 2), convolution(3, 3).build(), output()),
                List.of(2 * 11 * 9),
                List.of(),
                0);
    }

    private static MultiLayerNetwork network(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder builder =
                new NeuralNetConfiguration.Builder().seed(3).list();
        for (Layer layer : layers) {
            builder.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork((input == null ? builder : builder.setInputType(input)).build());
        network.init();
        disturb(network);
        return network;
    }

    private static Sample graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("numbers")
                .addLayer("hidden", dense(6, Activation.TANH), "numbers")
                .addLayer("normal", batchNorm(), "hidden")
                .addLayer("classes", output(), "normal")
                .setOutputs("classes")
                .setInputTypes(InputType.feedForward(4))
                .build());
        graph.init();
        disturb(graph);
        return new Sample(graph, List.of(4), List.of(), 0);
    }

    /** Biases and statistics that are not those of a beginning; variances stay above 0. */
    private static void disturb(Model model) {
        Random random = new Random(9);
        INDArray params = model.params();
        float[] values = params.dup('c').data().asFloat();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.3f * random.nextFloat();
        }
        model.setParams(Nd4j.createFromArray(values).reshape(params.shape()));
    }
}
