package dev.lockstep.dl4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.losses.Losses;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** What every one of our losses must do in a network of Deeplearning4j, computed in float64. */
class LockstepLossTest {
    private static final int ROWS = 5;
    private static final Random RANDOM = new Random(11);

    /** A loss with labels that suit it, behind an activation that does. */
    record Case(String loss, Activation activation, int outputs, INDArray labels) {
        @Override
        public String toString() {
            return loss;
        }
    }

    @BeforeAll
    static void inDoubles() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void inFloats() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    static Stream<Case> cases() {
        IntToDoubleFunction number = i -> RANDOM.nextGaussian();
        IntToDoubleFunction part = i -> RANDOM.nextFloat() * 0.8 + 0.1;
        IntToDoubleFunction side = i -> RANDOM.nextBoolean() ? 1 : -1;
        IntToDoubleFunction count = i -> RANDOM.nextInt(4);
        return Stream.of(
                new Case("l1", Activation.TANH, 3, labels(3, number)),
                new Case("mse", Activation.TANH, 3, labels(3, number)),
                new Case("{mse: {reduction: sum}}", Activation.SIGMOID, 3, labels(3, number)),
                new Case("{smooth_l1: {beta: 0.5}}", Activation.IDENTITY, 3, labels(3, number)),
                new Case("huber", Activation.TANH, 2, labels(2, number)),
                new Case("{cross_entropy: {label_smoothing: 0.1}}", Activation.IDENTITY, 3, classes(3)),
                new Case("{cross_entropy: {weight: [0.5, 2.0, 1.25]}}", Activation.TANH, 3, classes(3)),
                new Case("nll", Activation.TANH, 3, classes(3)),
                new Case("bce", Activation.SIGMOID, 3, labels(3, part)),
                new Case("{bce_with_logits: {pos_weight: [0.5, 2.0, 1.25]}}", Activation.IDENTITY, 3, labels(3, part)),
                new Case("poisson_nll", Activation.IDENTITY, 3, labels(3, count)),
                new Case("gaussian_nll", Activation.SOFTPLUS, 4, labels(2, number)),
                new Case("kl_div", Activation.IDENTITY, 3, labels(3, part)),
                new Case("{margin_ranking: {margin: 0.5}}", Activation.TANH, 2, labels(1, side)),
                new Case("multi_label_margin", Activation.TANH, 3, firstLabels(3)),
                new Case("soft_margin", Activation.TANH, 3, labels(3, side)),
                new Case("multi_label_soft_margin", Activation.IDENTITY, 3, labels(3, part)),
                new Case("{multi_margin: {p: 2, margin: 0.5}}", Activation.TANH, 3, classes(3)),
                new Case("{triplet_margin: {margin: 4}}", Activation.TANH, 6, labels(1, number)),
                new Case("{hinge_embedding: {margin: 6}}", Activation.TANH, 3, labels(3, side)),
                new Case("{cosine_embedding: {margin: -0.75}}", Activation.TANH, 4, labels(1, side)));
    }

    private static INDArray labels(int columns, IntToDoubleFunction values) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, ROWS, columns);
        for (int i = 0; i < ROWS * columns; i++) {
            labels.putScalar(i / columns, i % columns, (float) values.applyAsDouble(i));
        }
        return labels;
    }

    private static INDArray classes(int columns) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, ROWS, columns);
        for (int row = 0; row < ROWS; row++) {
            labels.putScalar(row, RANDOM.nextInt(columns), 1);
        }
        return labels;
    }

    /** Two labels a row, ended by −1. */
    private static INDArray firstLabels(int columns) {
        return labels(columns, i -> i % columns == columns - 1 ? -1 : i % columns);
    }

    private static MultiLayerConfiguration configuration(Case each) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LockstepLoss.of(each.loss()))
                        .nIn(5)
                        .nOut(each.outputs())
                        .activation(each.activation())
                        .build())
                .build();
    }

    @Test
    void everyLossWithTheFormIsListed() {
        Set<String> names = cases().map(
                        each -> each.loss().replaceAll("[{}]", "").replaceAll(":.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new TreeSet<>(Losses.byName().keySet());
        all.remove("ctc");
        assertEquals(all, names);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsTheSlopeOfTheScore(Case each) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(each));
        network.init();
        INDArray input = Nd4j.rand(DataType.DOUBLE, ROWS, 4);
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(input)
                .labels(each.labels())
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsAddUpAndHalvesToo(Case each) {
        LockstepLoss loss = LockstepLoss.of(each.loss());
        INDArray output =
                Nd4j.rand(DataType.DOUBLE, ROWS, each.outputs()).muli(0.8).addi(0.1);
        double whole = loss.computeScore(each.labels(), output, new ActivationIdentity(), null, /* average */ false);
        INDArray rows = loss.computeScoreArray(each.labels(), output, new ActivationIdentity(), null);
        assertEquals(ROWS, rows.size(0));
        assertEquals(whole, rows.sumNumber().doubleValue(), 1e-9 * Math.max(1, Math.abs(whole)));
        assertEquals(
                whole / ROWS, loss.computeScore(each.labels(), output, new ActivationIdentity(), null, true), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMaskedRowIsAbsent(Case each) {
        LockstepLoss loss = LockstepLoss.of(each.loss());
        INDArray output =
                Nd4j.rand(DataType.DOUBLE, ROWS, each.outputs()).muli(0.8).addi(0.1);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, ROWS, 1).putScalar(2, 0);
        INDArray slope = loss.computeGradient(each.labels(), output, new ActivationIdentity(), mask);
        assertEquals(0, slope.getRow(2).ameanNumber().doubleValue());
        assertEquals(
                0,
                loss.computeScoreArray(each.labels(), output, new ActivationIdentity(), mask)
                        .getDouble(2));

        INDArray rest = Nd4j.vstack(output.getRows(0, 1), output.getRows(3, 4));
        INDArray restLabels =
                Nd4j.vstack(each.labels().getRows(0, 1), each.labels().getRows(3, 4));
        assertEquals(
                loss.computeScore(restLabels, rest, new ActivationIdentity(), null, false),
                loss.computeScore(each.labels(), output, new ActivationIdentity(), mask, false),
                1e-9);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void survivesTheConfigurationsJson(Case each) {
        MultiLayerConfiguration written = configuration(each);
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());
        assertEquals(written.toJson(), read.toJson());
        OutputLayer output = (OutputLayer) read.getConf(1).getLayer();
        assertEquals(LockstepLoss.of(each.loss()), output.getLossFn());
    }

    @Test
    void aMaskOfElementsLeavesThemOut() {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 2, 2);
        INDArray output = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}});
        LockstepLoss mse = LockstepLoss.of("mse");
        assertEquals((1 + 16) / 2.0, mse.computeScore(labels, output, new ActivationIdentity(), mask, false), 1e-12);
        assertEquals(
                Nd4j.createFromArray(new double[][] {{1, 0}, {0, 4}}),
                mse.computeGradient(labels, output, new ActivationIdentity(), mask));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LockstepLoss.of("cross_entropy")
                        .computeScore(labels, output, new ActivationIdentity(), mask, false));
        assertTrue(refused.getMessage().startsWith("A mask must have one value a row"), refused.getMessage());
    }

    @Test
    void whatHasNotTheFormIsRefused() {
        IllegalArgumentException sequences = assertThrows(IllegalArgumentException.class, () -> LockstepLoss.of("ctc"));
        assertTrue(sequences.getMessage().startsWith("A loss of sequences has not the form"), sequences.getMessage());
        JobFileException unknown = assertThrows(JobFileException.class, () -> LockstepLoss.of("smoth_l1"));
        assertTrue(unknown.getMessage().contains("Did you mean smooth_l1?"), unknown.getMessage());
    }
}
