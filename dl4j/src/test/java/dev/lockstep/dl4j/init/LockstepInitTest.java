package dev.lockstep.dl4j.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.job.OneLine;
import dev.lockstep.params.init.Draws;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.Initializers;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every one of our initialisers must do in a network of Deeplearning4j. */
class LockstepInitTest {
    private static final long SEED = 5;

    static Stream<String> texts() {
        return Initializers.byName().keySet().stream()
                .filter(name -> !name.equals("dirac"))
                .map(name -> switch (name) {
                    case "sparse" -> "{sparse: 0.25}";
                    case "constant" -> "{constant: 0.5}";
                    default -> name;
                });
    }

    private static MultiLayerNetwork network(Layer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .list()
                .layer(layer)
                .build());
        network.init();
        return network;
    }

    private static Layer dense(String text) {
        return new DenseLayer.Builder()
                .nIn(6)
                .nOut(4)
                .weightInit(LockstepInit.of(text))
                .build();
    }

    /** Our values in the order [out, in, ...] under the seed that the layer drew. */
    private static float[] ours(String text, Integer... shape) {
        Nd4j.getRandom().setSeed(SEED);
        float[] values = new float[Stream.of(shape).reduce(1, Math::multiplyExact)];
        OneLine.read(text, Initializer.class)
                .fill(List.of(shape), Draws.of(Nd4j.getRandom().nextLong(), ""), values);
        return values;
    }

    private static float[] rows(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aUnitHasTheWeightsThatItHasInALinearLayer(String text) {
        INDArray weight = network(dense(text)).getParam("0_W");
        assertArrayEquals(new long[] {6, 4}, weight.shape());
        assertArrayEquals(ours(text, 4, 6), rows(weight.transpose()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void survivesTheConfigurationsJson(String text) {
        MultiLayerConfiguration written = network(dense(text)).getLayerWiseConfigurations();
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());
        assertEquals(LockstepInit.of(text), ((BaseLayer) read.getConf(0).getLayer()).getWeightInitFn());
        assertEquals(written.toJson(), read.toJson());
    }

    @Test
    void convolutionsKeepTheirOrder() {
        INDArray weight = network(new ConvolutionLayer.Builder(3, 3)
                        .nIn(2)
                        .nOut(5)
                        .weightInit(LockstepInit.of("dirac"))
                        .build())
                .getParam("0_W");
        assertArrayEquals(new long[] {5, 2, 3, 3}, weight.shape());
        assertArrayEquals(ours("dirac", 5, 2, 3, 3), rows(weight));
        assertEquals(1, weight.getDouble(1, 1, 1, 1));
    }

    @Test
    void gatesOfAnLstmAreStackedAsInPyTorch() {
        MultiLayerNetwork network = network(new LSTM.Builder()
                .nIn(3)
                .nOut(5)
                .weightInit(LockstepInit.of("xavier_uniform"))
                .build());
        INDArray input = network.getParam("0_W");
        assertArrayEquals(ours("xavier_uniform", 20, 3), rows(input.transpose()));
        // √(6 / (3 + 20)) of the input's weights, √(6 / (5 + 20)) of the recurrent ones.
        assertEquals(Math.sqrt(6.0 / 23), input.amaxNumber().doubleValue(), 0.05);
        assertEquals(Math.sqrt(6.0 / 25), network.getParam("0_RW").amaxNumber().doubleValue(), 0.05);
    }

    @Test
    void layersDifferAndTheSeedRepeatsThem() {
        INDArray one = network(dense("normal")).params();
        assertEquals(one, network(dense("normal")).params());
        MultiLayerNetwork two = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .list()
                .layer(dense("normal"))
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .weightInit(LockstepInit.of("normal"))
                        .build())
                .build());
        two.init();
        assertNotEquals(two.getParam("0_W").getDouble(0), two.getParam("1_W").getDouble(0));
    }

    @Test
    void aShapeThatAnInitialiserHasNotIsRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> network(dense("dirac")));
        assertTrue(refused.getMessage().startsWith("dirac needs a shape of 3 to 5 dimensions"), refused.getMessage());
    }
}
