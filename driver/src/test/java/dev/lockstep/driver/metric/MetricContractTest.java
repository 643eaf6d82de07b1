package dev.lockstep.driver.metric;

import static dev.lockstep.driver.metric.Drawn.classes;
import static dev.lockstep.driver.metric.Drawn.numbers;
import static dev.lockstep.driver.metric.Drawn.yesOrNo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Mse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric must do. A new metric joins by being listed in {@code metrics()}. */
class MetricContractTest {
    static Stream<Drawn> metrics() {
        return Stream.of(
                classes(new Accuracy(), new CrossEntropy(), 3),
                yesOrNo(new Accuracy(0.25), new BceWithLogits(), 4),
                classes(new TopK(2), new CrossEntropy(), 4, 2, 3),
                classes(new Precision(), new CrossEntropy(), 3),
                yesOrNo(new Recall(Average.BINARY, null), new BceWithLogits()),
                classes(new F1(Average.WEIGHTED, null), new CrossEntropy(), 5, 2),
                yesOrNo(new Auc(), new BceWithLogits(), 1),
                classes(new Auc(), new CrossEntropy(), 2, 2),
                classes(new ConfusionMatrix(), new CrossEntropy(), 3),
                numbers(new Mae(), new Mse(), 2),
                numbers(new Rmse(), new Mse(), 2, 2),
                numbers(new R2(), new Mse(), 3));
    }

    @Test
    void everyMetricOfTheCatalogueIsListed() {
        assertEquals(
                new HashSet<>(Metrics.byName().values()),
                metrics().map(drawn -> drawn.metric().getClass()).collect(Collectors.toSet()));
    }

    /** Whoever reads only a metrics file has the names alone. */
    @ParameterizedTest
    @MethodSource("metrics")
    void itsNameTellsWhichWayIsBetter(Drawn drawn) {
        String name = Metrics.nameOf(drawn.metric());
        boolean smaller = drawn.metric() instanceof Figure figure && figure.smallerIsBetter();
        assertEquals(smaller, Metrics.smallerIsBetter(name));
        assertEquals(smaller, Metrics.smallerIsBetter(name + "_2"));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void fitsWhatItIsTriedOn(Drawn drawn) {
        Predicted predicted = drawn.draw(new Random(1), 2);
        drawn.metric().requireFits(predicted.loss(), predicted.columns());
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void twoHalvesMergedAreTheWhole(Drawn drawn) {
        Random random = new Random(2);
        for (int count = 2; count < 60; count++) {
            Predicted whole = drawn.draw(random, count);
            int cut = random.nextInt(count + 1);
            double[] one = whole.part(0, cut).state(drawn.metric(), 5);
            double[] other = whole.part(cut, count).state(drawn.metric(), 3);
            double[] merged = drawn.metric().merge(one, other);
            assertFigures(drawn, whole.state(drawn.metric(), count), merged, 1e-13 * count);
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void theOrderOfWorkersChangesNothing(Drawn drawn) {
        Predicted whole = drawn.draw(new Random(3), 50);
        double[] forwards = drawn.metric().start();
        double[] backwards = drawn.metric().start();
        for (int worker = 0; worker < 5; worker++) {
            forwards = drawn.metric().merge(forwards, part(drawn, whole, worker));
            backwards = drawn.metric().merge(backwards, part(drawn, whole, 4 - worker));
        }

        assertFigures(drawn, forwards, backwards, 1e-13 * 50);
    }

    /** As in sklearn's sample_weight: a weight of 3 is that example three times, of 0 that it is not there. */
    @ParameterizedTest
    @MethodSource("metrics")
    void aWeightRepeatsAnExample(Drawn drawn) {
        Predicted whole = drawn.draw(new Random(7), 40);
        float[] weights = new float[40];
        double[] repeated = drawn.metric().start();
        for (int row = 0; row < weights.length; row++) {
            weights[row] = row * 7 % 4;
            for (int time = 0; time < weights[row]; time++) {
                repeated = drawn.metric().add(repeated, whole.part(row, row + 1).outcome());
            }
        }
        double[] weighted = drawn.metric().add(drawn.metric().start(), whole.weighted(weights));
        assertFigures(drawn, repeated, weighted, 1e-12);
    }

    private static double[] part(Drawn drawn, Predicted whole, int worker) {
        return whole.part(worker * 10, worker * 10 + 10).state(drawn.metric(), 10);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void workersWithoutExamplesChangeNothing(Drawn drawn) {
        Metric metric = drawn.metric();
        double[] some = drawn.draw(new Random(4), 20).state(metric, 20);
        double[] merged = metric.merge(metric.start(), metric.merge(some.clone(), metric.start()));
        assertFigures(drawn, some, merged, 0);
        double[] added = metric.add(some.clone(), drawn.draw(new Random(5), 0).outcome());
        assertFigures(drawn, some, added, 0);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void hasNoFigureOverNoExamples(Drawn drawn) {
        Metric metric = drawn.metric();
        double[] none = metric.merge(metric.start(), metric.start());
        double[] expected = metric instanceof Figure ? new double[] {Double.NaN} : new double[0];
        assertArrayEquals(expected, Predicted.figures(metric, none));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void dependsOnPredictionsAndTargets(Drawn drawn) {
        Random random = new Random(6);
        double[] first =
                Predicted.figures(drawn.metric(), drawn.draw(random, 40).state(drawn.metric(), 40));
        double[] second =
                Predicted.figures(drawn.metric(), drawn.draw(random, 40).state(drawn.metric(), 40));
        assertFalse(Arrays.equals(first, second), () -> Arrays.toString(first));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void survivesSerialization(Drawn drawn) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(drawn.metric());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(drawn.metric(), in.readObject());
        }
    }

    private static void assertFigures(Drawn drawn, double[] expected, double[] found, double tolerance) {
        assertArrayEquals(
                Predicted.figures(drawn.metric(), expected), Predicted.figures(drawn.metric(), found), tolerance);
    }
}
