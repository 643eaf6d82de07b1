package dev.lockstep.dl4j.saved;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.dl4j.net.Threads;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Mse;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.GradientSink;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of Deeplearning4j as a replica, against what Deeplearning4j itself makes of a batch. */
class SavedNetworkTest {
    private static final int ROWS = 6;
    private static final float RATE = 0.5f;
    private static final double TOLERANCE = 1e-5;

    /** Remembers which gradients were reported. */
    private static final class Reported implements GradientSink {
        private final List<Integer> parameters = new ArrayList<>();
        private LossSum loss;

        @Override
        public void started(LossSum sum) {
            loss = sum;
        }

        @Override
        public void ready(int parameter) {
            parameters.add(parameter);
        }
    }

    private static MultiLayerNetwork network(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(RATE))
                .list();
        for (Layer layer : layers) {
            builder.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(builder.setInputType(input).build());
        network.init();
        return network;
    }

    private static Layer output(LossFunction loss, Activation activation, int nOut) {
        return new OutputLayer.Builder(loss).activation(activation).nOut(nOut).build();
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build();
    }

    private static byte[] file(MultiLayerNetwork network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, out, /* saveUpdater */ true);
        return out.toByteArray();
    }

    private static float[] numbers(int count) {
        Random random = new Random(1);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** One step of Deeplearning4j by Sgd, and the same from the replica's gradient. */
    private static void assertSameStep(
            MultiLayerNetwork network, List<Integer> shape, Loss loss, float[] targets, INDArray labels)
            throws IOException {
        int width = shape.stream().reduce(1, Math::multiplyExact);
        float[] numbers = numbers(ROWS * width);
        Network saved = new SavedNetworks().read(file(network), shape);
        long[] extents = new long[shape.size() + 1];
        extents[0] = ROWS;
        for (int i = 0; i < shape.size(); i++) {
            extents[i + 1] = shape.get(i);
        }

        Reported reported = new Reported();
        float[] values = values(saved);
        float[] kept;
        try (Replica replica = saved.replica(loss, new ReplicaSettings())) {
            replica.values().put(values);
            Examples share = new Examples(ROWS, new float[][] {numbers}, targets);
            LossSum sum = replica.train(share, 1, reported);
            assertEquals(sum, reported.loss);
            double scale = RATE / loss.reduction().divisor(sum.weight());
            FloatBuffer gradient = replica.gradient();
            for (int i = 0; i < values.length; i++) {
                values[i] -= (float) (scale * gradient.get(i));
            }
            kept = copy(replica.bufferValues());
        }
        byte[] after = new SavedNetworks().write(file(network), values, kept);

        network.fit(Nd4j.create(numbers, extents, 'c'), labels);
        INDArray stepped = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(after))
                .params();
        assertArrayEquals(floats(network.params()), floats(stepped), (float) TOLERANCE);
        assertEquals(saved.parameters().size(), reported.parameters.size());
    }

    private static float[] values(Network network) {
        List<Float> all = new ArrayList<>();
        network.parameters().forEach(parameter -> {
            for (float value : parameter.byDefault().values(parameter.parameter(), 0)) {
                all.add(value);
            }
        });
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] copy = new float[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static INDArray oneHot(float[] classes, int count) {
        INDArray labels = Nd4j.zeros(classes.length, count);
        for (int i = 0; i < classes.length; i++) {
            labels.putScalar(i, (int) classes[i], 1);
        }
        return labels;
    }

    @Test
    void aReplicaComputesWithTheThreadsOfTheJob() throws IOException {
        SavedNetwork saved = SavedNetwork.of(
                file(network(InputType.feedForward(4), output(LossFunction.MSE, Activation.IDENTITY, 2))), List.of(4));
        int before = Nd4j.getEnvironment().maxMasterThreads();
        try {
            for (int threads : List.of(2, 1)) {
                saved.replica(new Mse(), new ReplicaSettings(threads, Device.CPU))
                        .close();
                assertEquals(threads, Nd4j.getEnvironment().maxMasterThreads());
            }
        } finally {
            Threads.use(before);
        }
    }

    @Test
    void aStepOfClassesIsDeeplearning4jsOwn() throws IOException {
        float[] classes = {0, 1, 2, 1, 0, 2};
        assertSameStep(
                network(InputType.feedForward(4), dense(), output(LossFunction.MCXENT, Activation.SOFTMAX, 3)),
                List.of(4),
                new CrossEntropy(),
                classes,
                oneHot(classes, 3));
    }

    @Test
    void aStepOfEstimatesIsDeeplearning4jsOwn() throws IOException {
        float[] targets = numbers(ROWS * 2);
        assertSameStep(
                network(InputType.feedForward(4), dense(), output(LossFunction.MSE, Activation.TANH, 2)),
                List.of(4),
                new Mse(),
                targets,
                Nd4j.create(targets, new long[] {ROWS, 2}, 'c'));
    }

    @Test
    void imagesAndTheirStatisticsAreDeeplearning4jsOwn() throws IOException {
        float[] classes = {0, 1, 1, 1, 0, 0};
        assertSameStep(
                network(
                        InputType.convolutional(5, 4, 2),
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        new BatchNormalization(),
                        output(LossFunction.XENT, Activation.SIGMOID, 1)),
                List.of(2, 5, 4),
                new BceWithLogits(),
                classes,
                Nd4j.create(classes, new long[] {ROWS, 1}, 'c'));
    }

    @Test
    void whatIsFrozenIsKept() throws IOException {
        MultiLayerNetwork network = network(
                InputType.feedForward(4), new FrozenLayer(dense()), output(LossFunction.MCXENT, Activation.SOFTMAX, 3));
        Network saved = new SavedNetworks().read(file(network), List.of(4));
        assertEquals(
                List.of("1.W", "1.b"),
                saved.parameters().stream().map(each -> each.parameter().name()).toList());
        assertEquals(
                List.of("0.W", "0.b"),
                saved.buffers().stream().map(each -> each.buffer().name()).toList());
        assertEquals(List.of(3, 5), saved.parameters().get(0).parameter().shape(), "a matrix lies column after column");
        float[] classes = {0, 1, 2, 1, 0, 2};
        assertSameStep(network, List.of(4), new CrossEntropy(), classes, oneHot(classes, 3));
    }

    @Test
    void anEmptyShareHasNoGradient() throws IOException {
        MultiLayerNetwork network =
                network(InputType.feedForward(4), dense(), output(LossFunction.MSE, Activation.TANH, 2));
        Network saved = new SavedNetworks().read(file(network), List.of(4));
        Reported reported = new Reported();
        try (Replica replica = saved.replica(new Mse(), new ReplicaSettings())) {
            replica.gradient().put(0, 7);
            assertEquals(LossSum.NONE, replica.train(new Examples(0, new float[1][0], new float[0]), 1, reported));
            assertEquals(0, replica.gradient().get(0));
        }
        assertEquals(4, reported.parameters.size());
    }

    @Test
    void theWholeNetworkIsMonitoredAsOneLayer() throws IOException {
        MultiLayerNetwork network =
                network(InputType.feedForward(4), dense(), output(LossFunction.MSE, Activation.IDENTITY, 1));
        Network saved = new SavedNetworks().read(file(network), List.of(4));
        float[] numbers = numbers(ROWS * 4);
        double[] output = network.output(Nd4j.create(numbers, new long[] {ROWS, 4}, 'c'))
                .data()
                .asDouble();
        try (Replica replica = saved.replica(new Mse(), new ReplicaSettings())) {
            replica.values().put(values(saved));
            replica.scaleLoss(8);
            Examples share = new Examples(ROWS, new float[][] {numbers}, new float[ROWS]);
            List<LayerFigures> figures = replica.monitor(share, 1, new Reported());
            assertEquals(saved.layers().size(), figures.size());
            double deviation = Nd4j.createFromArray(output).stdNumber(false).doubleValue();
            assertEquals(deviation, figures.get(0).activation(), TOLERANCE);
            // The slope of a square to 0 is twice the value.
            assertEquals(2 * deviation, figures.get(0).gradient(), TOLERANCE);
        }
    }

    @Test
    void predictionsAreWhatComesBeforeTheLosssOwnActivation() throws IOException {
        MultiLayerNetwork network =
                network(InputType.feedForward(4), dense(), output(LossFunction.XENT, Activation.SIGMOID, 2));
        Network saved = new SavedNetworks().read(file(network), List.of(4));
        float[] numbers = numbers(ROWS * 4);
        double[] expected = network.output(Nd4j.create(numbers, new long[] {ROWS, 4}, 'c'))
                .dup('c')
                .data()
                .asDouble();
        try (Inference inference = saved.inference(values(saved), new float[0], new ReplicaSettings())) {
            double[] logits = inference
                    .predict(new Examples(ROWS, new float[][] {numbers}, new float[0]))
                    .data();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], 1 / (1 + Math.exp(-logits[i])), TOLERANCE);
            }
        }
    }

    @Test
    void whatIsNoSuchNetworkIsRefused() throws IOException {
        IllegalArgumentException noZip = assertThrows(
                IllegalArgumentException.class, () -> new SavedNetworks().read(new byte[] {1, 2}, List.of(4)));
        assertTrue(noZip.getMessage().startsWith("Deeplearning4j cannot read the network"), noZip.getMessage());

        byte[] file = file(network(InputType.feedForward(4), dense(), output(LossFunction.MSE, Activation.TANH, 2)));
        IllegalArgumentException shape =
                assertThrows(IllegalArgumentException.class, () -> new SavedNetworks().read(file, List.of(3)));
        assertTrue(shape.getMessage().startsWith("The saved network does not take such examples: shape=[3]"));

        byte[] noLoss = file(network(InputType.feedForward(4), dense()));
        IllegalArgumentException open =
                assertThrows(IllegalArgumentException.class, () -> new SavedNetworks().read(noLoss, List.of(4)));
        assertTrue(open.getMessage().contains("must end in an output layer or a loss layer"), open.getMessage());
    }
}
