package dev.lockstep.losses;

import static dev.lockstep.losses.Reduction.MEAN;
import static dev.lockstep.losses.Reduction.SUM;
import static dev.lockstep.losses.Subject.between;
import static dev.lockstep.losses.Subject.indices;
import static dev.lockstep.losses.Subject.of;
import static dev.lockstep.losses.Subject.real;
import static dev.lockstep.losses.Subject.signs;
import static dev.lockstep.losses.Subject.steps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss must do. A new loss joins by being listed in {@code losses()}. */
class LossContractTest {
    private static final double STEP = 1e-6;
    private static final List<Double> WEIGHT = List.of(0.5, 2.0, 1.25);

    static Stream<Subject> losses() {
        return Stream.of(
                of(new L1(), real(4, 3), real(4, 3)),
                of(new Mse(), real(4, 3), real(4, 3)),
                of(new Mse(SUM), real(4, 2, 3), real(4, 1, 3)),
                of(new SmoothL1(), real(4, 3), real(4, 3)),
                of(new SmoothL1(0, MEAN), real(4, 3), real(4, 3)),
                of(new Huber(), real(4, 3), real(4, 3)),
                of(new Huber(0.5, MEAN), real(700), real(700)),
                of(new CrossEntropy(), real(4, 3), indices(0, 2, 4)),
                of(new CrossEntropy(WEIGHT, 1, 0.1, MEAN), real(4, 3, 2), indices(0, 2, 4, 2)),
                of(new CrossEntropy(WEIGHT, -100, 0.2, MEAN), real(4, 3, 2), between(0, 1, 4, 3, 2)),
                of(new Nll(), real(4, 3), indices(0, 2, 4)),
                of(new Nll(WEIGHT, 2, SUM), real(4, 3, 2), indices(0, 2, 4, 2)),
                of(new Bce(), between(0.1, 0.9, 4, 3), between(0, 1, 4, 3)),
                of(new Bce(new ElementWeights(WEIGHT), MEAN), between(0.1, 0.9, 4, 3), between(0.1, 0.9, 4, 3)),
                of(new BceWithLogits(), real(4, 3), between(0.1, 0.9, 4, 3)),
                of(
                        new BceWithLogits(new ElementWeights(WEIGHT), new ElementWeights(WEIGHT), MEAN),
                        real(4, 3),
                        between(0.1, 0.9, 4, 3)),
                of(new PoissonNll(), real(4, 3), between(0, 5, 4, 3)),
                of(new PoissonNll(false, true, 1e-8, MEAN), between(0.5, 3, 4, 3), between(0, 5, 4, 3)),
                of(new GaussianNll(), real(4, 3), real(4, 3), between(0.5, 3, 4, 3)),
                of(new GaussianNll(true, 1e-6, SUM), real(4, 3), real(4, 3), between(0.5, 3, 4)),
                of(new KlDiv(), real(4, 3), between(0.1, 1, 4, 3)),
                of(new KlDiv(true, Reduction.BATCHMEAN), real(4, 3), real(4, 3)),
                of(new MarginRanking(), real(4, 3), real(4, 3), signs(4, 3)),
                of(new MarginRanking(0.5, MEAN), real(6), real(6), signs(6)),
                of(new MultiLabelMargin(), real(4, 5), indices(-1, 4, 4, 5)),
                of(new SoftMargin(), real(4, 3), signs(4, 3)),
                of(new MultiLabelSoftMargin(), real(4, 3), between(0.1, 0.9, 4, 3)),
                of(new MultiLabelSoftMargin(WEIGHT, SUM), real(4, 2, 3), between(0.1, 0.9, 4, 2, 3)),
                of(new MultiMargin(), real(4, 3), indices(0, 2, 4)),
                of(new MultiMargin(2, 0.5, WEIGHT, MEAN), real(4, 3), indices(0, 2, 4)),
                of(new TripletMargin(), real(4, 3), real(4, 3), real(4, 3)),
                of(new TripletMargin(4, 3, 1e-6, true, MEAN), real(4, 2, 3), real(4, 2, 3), real(4, 2, 3)),
                of(new TripletMargin(4, 1, 1e-6, true, SUM), real(4, 3), real(4, 3), real(4, 3)),
                of(new TripletMargin(4, 1.0 / 0, 1e-6, false, MEAN), real(4, 3), real(4, 3), real(4, 3)),
                of(new HingeEmbedding(), real(4, 3), signs(4, 3)),
                of(new PairDistance(new HingeEmbedding(6, MEAN)), real(4, 3), real(4, 3), signs(4)),
                of(new CosineEmbedding(), real(4, 3), real(4, 3), signs(4)),
                of(new CosineEmbedding(-0.75, MEAN), real(4, 3), real(4, 3), signs(4)),
                of(new Ctc(), steps(9, 4, 3), indices(1, 2, 4, 3), indices(8, 9, 4), indices(0, 3, 4)),
                of(new Ctc(2, true, SUM), steps(5, 4, 3), indices(0, 1, 4, 3), indices(2, 5, 4), indices(0, 3, 4)));
    }

    @Test
    void everyLossOfTheCatalogueIsListed() {
        Set<Class<?>> all = new HashSet<>(Losses.byName().values());
        all.add(PairDistance.class);
        assertEquals(all, losses().map(subject -> subject.loss().getClass()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientIsTheSlopeOfTheSum(Subject subject) {
        Random random = new Random(17);
        for (int trial = 0; trial < 10; trial++) {
            Tensor[] inputs = subject.draw(random);
            Tensor[] gradients = subject.gradients(inputs);
            subject.evaluate(inputs, gradients);
            assertSlopes(inputs, gradients, random, () -> subject.evaluate(inputs, new Tensor[inputs.length])
                    .sum());
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientOfTheValuesIsThatOfTheirWeightedSum(Subject subject) {
        Random random = new Random(18);
        Tensor[] inputs = subject.draw(random);
        Tensor[] gradients = subject.gradients(inputs);
        Tensor upstream = subject.values(inputs, null, new Tensor[inputs.length]);
        Arrays.setAll(upstream.data(), i -> random.nextDouble(-2, 2));
        subject.values(inputs, upstream, gradients);

        assertSlopes(inputs, gradients, random, () -> {
            Tensor values = subject.values(inputs, null, new Tensor[inputs.length]);
            double sum = 0;
            for (int i = 0; i < values.size(); i++) {
                sum += values.data()[i] * upstream.data()[i];
            }
            return sum;
        });
    }

    /** A weight of 2 is an example twice, and 0 that it is not there: in the sum, the divisor and the gradient. */
    @ParameterizedTest
    @MethodSource("losses")
    void aWeightMultipliesAnExample(Subject subject) {
        Tensor[] inputs = subject.draw(new Random(20));
        Tensor[] gradients = subject.gradients(inputs);
        double[] weights = new double[subject.examples(inputs)];
        Arrays.setAll(weights, n -> new double[] {2, 0, 0.25, 1}[n % 4]);
        LossSum sum = subject.evaluate(inputs, weights, gradients);

        LossSum expected = LossSum.NONE;
        for (int n = 0; n < weights.length; n++) {
            Tensor[] one = subject.share(inputs, n, n + 1);
            Tensor[] slopes = subject.gradients(one);
            LossSum alone = subject.evaluate(one, slopes);
            expected = expected.plus(new LossSum(weights[n] * alone.sum(), weights[n] * alone.weight()));
            Tensor[] found = subject.share(gradients, n, n + 1);
            for (int k = 0; k < slopes.length; k++) {
                for (int i = 0; slopes[k] != null && i < slopes[k].size(); i++) {
                    assertEquals(weights[n] * slopes[k].data()[i], found[k].data()[i], 1e-12, "example " + n);
                }
            }
        }
        assertEquals(expected.sum(), sum.sum(), 1e-12 * (1 + Math.abs(expected.sum())));
        assertEquals(expected.weight(), sum.weight(), 1e-12 * expected.weight());
    }

    /** Of a mean over all of a data set, as BCE has no other. */
    @Test
    void weightsOfTheClassesAreThoseOfTheirExamples() {
        Tensor scores = Tensor.of(new double[] {0.3, -1, 2}, 3, 1);
        Tensor targets = Tensor.of(new double[] {1, 0, 1}, 3, 1);
        Tensor[] inputs = {scores, targets};
        double expected = new BceWithLogits()
                .evaluate(inputs, new double[] {3, 0.5, 3}, new Tensor[2])
                .sum();
        Loss weighted = new BceWithLogits().weighted(List.of(0.5, 3.0));
        assertEquals(expected, weighted.evaluate(inputs, new Tensor[2]).sum(), 1e-12);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> weighted.weighted(List.of(1.0, 1.0)));
        assertTrue(
                thrown.getMessage().startsWith("Classes must have weights from one place: weight="),
                thrown::getMessage);
        thrown = assertThrows(IllegalArgumentException.class, () -> new Mse().weighted(List.of(1.0)));
        assertEquals("Loss takes no weights of classes: loss=Mse[reduction=MEAN]", thrown.getMessage());
    }

    @Test
    void thereMustBeAWeightForEachExample() {
        Tensor[] inputs = {Tensor.zeros(4, 3), Tensor.zeros(4, 3)};
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> new Mse().evaluate(inputs, new double[5], new Tensor[2]));
        assertEquals("There must be a weight for each example: weights=5, values=12", thrown.getMessage());
    }

    private interface Value {
        double at();
    }

    /** At up to 30 elements of every smooth input. */
    private static void assertSlopes(Tensor[] inputs, Tensor[] gradients, Random random, Value value) {
        for (int k = 0; k < inputs.length; k++) {
            for (int probe = 0; gradients[k] != null && probe < Math.min(30, inputs[k].size()); probe++) {
                double[] x = inputs[k].data();
                int i = x.length <= 30 ? probe : random.nextInt(x.length);
                double kept = x[i];
                x[i] = kept + STEP;
                double above = value.at();
                x[i] = kept - STEP;
                double below = value.at();
                x[i] = kept;
                double slope = (above - below) / (2 * STEP);
                String where = "input " + k + inputs[k].position(i);
                assertEquals(slope, gradients[k].data()[i], 1e-6 * Math.max(1, Math.abs(slope)), where);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sharesAddUpToTheWhole(Subject subject) {
        Random random = new Random(19);
        Tensor[] inputs = subject.draw(random);
        Tensor[] gradients = subject.gradients(inputs);
        LossSum whole = subject.evaluate(inputs, gradients);
        int count = inputs[0].extent(subject.kinds().get(0).batch());

        for (int cut = 0; cut <= count; cut++) {
            LossSum sum = LossSum.NONE;
            for (int[] range : new int[][] {{0, cut}, {cut, count}}) {
                Tensor[] share = subject.share(inputs, range[0], range[1]);
                Tensor[] slopes = subject.gradients(share);
                sum = sum.plus(subject.evaluate(share, slopes));
                Tensor[] expected = subject.share(gradients, range[0], range[1]);
                for (int i = 0; i < share.length; i++) {
                    if (slopes[i] != null) {
                        assertArrayEquals(expected[i].data(), slopes[i].data(), "input " + i);
                    }
                }
            }
            assertEquals(whole.sum(), sum.sum(), 1e-12 * Math.max(1, Math.abs(whole.sum())));
            assertEquals(whole.weight(), sum.weight(), 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void nanInAPredictionShows(Subject subject) {
        for (int i = 0; i < subject.kinds().size(); i++) {
            if (subject.loss().inputs().get(i) == Loss.Role.PREDICTION) {
                Tensor[] inputs = subject.draw(new Random(20));
                Arrays.fill(inputs[i].data(), Double.NaN);
                assertTrue(isRefusedOrNan(subject, inputs), "input " + i);
            }
        }
    }

    private static boolean isRefusedOrNan(Subject subject, Tensor[] inputs) {
        try {
            return Double.isNaN(
                    subject.evaluate(inputs, new Tensor[inputs.length]).sum());
        } catch (IllegalArgumentException e) {
            return e.getMessage().contains("NaN");
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void twoRunsAreBitEqualWithAndWithoutGradients(Subject subject) {
        Tensor[] inputs = subject.draw(new Random(21));
        Tensor[] first = subject.gradients(inputs);
        Tensor[] second = subject.gradients(inputs);
        LossSum sum = subject.evaluate(inputs, first);

        assertEquals(sum, subject.evaluate(inputs, second));
        assertEquals(sum, subject.evaluate(inputs, new Tensor[inputs.length]));
        for (int i = 0; i < first.length; i++) {
            assertArrayEquals(first[i] == null ? null : first[i].data(), second[i] == null ? null : second[i].data());
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsOfAnotherShapeAreRefused(Subject subject) {
        Tensor[] inputs = subject.draw(new Random(22));
        Tensor[] gradients = subject.gradients(inputs);
        gradients[0] = Tensor.zeros(1, 1, 1, 1, 1);
        Refusals.assertRefused("Gradient must have the shape of its input", () -> subject.evaluate(inputs, gradients));
        Refusals.assertRefused(
                "Wrong number of inputs", () -> subject.evaluate(Arrays.copyOf(inputs, 1), new Tensor[1]));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void survivesSerialization(Subject subject) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(subject.loss());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(subject.loss(), in.readObject());
        }
    }
}
