package dev.lockstep.losses;

import static dev.lockstep.losses.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtcTest {
    private static final int CLASSES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 2", "1 1", "2 3 2", "3 3 3", "1 2 3 1 2"})
    void valueIsThatOfAllPathsTriedOneByOne(String labels) {
        double[] wanted = Arrays.stream(labels.split(" "))
                .filter(label -> !label.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
        Tensor logProbs = logProbs(new Random(3), 5);

        double likelihood = likelihood(logProbs, wanted, new ArrayList<>(), 1);

        assertEquals(-Math.log(likelihood), value(logProbs, wanted, 5), 1e-12);
    }

    private static double likelihood(Tensor logProbs, double[] wanted, List<Integer> path, double probability) {
        int step = path.size();
        if (step == logProbs.extent(0)) {
            return Arrays.equals(labelsOf(path), wanted) ? probability : 0;
        }

        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            path.add(c);
            sum += likelihood(logProbs, wanted, path, probability * Math.exp(logProbs.data()[step * CLASSES + c]));
            path.remove(step);
        }
        return sum;
    }

    /** Repeats merged, blanks dropped. */
    private static double[] labelsOf(List<Integer> path) {
        List<Integer> labels = new ArrayList<>();
        for (int t = 0; t < path.size(); t++) {
            if (path.get(t) != 0 && (t == 0 || !path.get(t).equals(path.get(t - 1)))) {
                labels.add(path.get(t));
            }
        }

        return labels.stream().mapToDouble(Integer::doubleValue).toArray();
    }

    @Test
    void stepsBehindTheInputLengthCountNothing() {
        Tensor logProbs = logProbs(new Random(4), 6);
        Tensor gradient = Tensor.zeros(6, CLASSES);
        Tensor shorter = Tensor.of(Arrays.copyOf(logProbs.data(), 4 * CLASSES), 4, CLASSES);
        Tensor value = new Ctc()
                .values(inputs(logProbs, new double[] {1, 2}, 4), null, new Tensor[] {gradient, null, null, null});

        assertEquals(value(shorter, new double[] {1, 2}, 4), value.data()[0]);
        assertArrayEquals(new double[2 * CLASSES], Arrays.copyOfRange(gradient.data(), 4 * CLASSES, 6 * CLASSES));
    }

    @Test
    void noStepsFitNoLabelsOnly() {
        Tensor logProbs = logProbs(new Random(5), 3);
        assertEquals(0, value(logProbs, new double[0], 0));
        assertEquals(Double.POSITIVE_INFINITY, value(logProbs, new double[] {1}, 0));
    }

    @Test
    void longSequencesOfTinyProbabilitiesDoNotUnderflow() {
        Tensor logits = Tensor.zeros(3000, CLASSES);
        Random random = new Random(6);
        Arrays.setAll(logits.data(), i -> 200 * random.nextGaussian());
        Tensor logProbs = Softmax.logs(logits);
        double[] labels = new double[300];
        Arrays.setAll(labels, i -> 1 + i % 3);
        Tensor gradient = Tensor.zeros(3000, CLASSES);

        double value = new Ctc()
                .values(inputs(logProbs, labels, 3000), null, new Tensor[] {gradient, null, null, null})
                .data()[0];

        assertTrue(value > 1000 && value < 1e7, "value=" + value);
        for (int t = 0; t < 3000; t++) {
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += gradient.data()[t * CLASSES + c];
            }
            assertEquals(0, sum, 1e-8, "step " + t);
        }
    }

    @Test
    void impossibleClassesLeaveTheOtherPaths() {
        Tensor logProbs = Softmax.logs(Tensor.of(
                new double[] {0, 1, Double.NEGATIVE_INFINITY, 2, 1, 0, Double.NEGATIVE_INFINITY, 1}, 2, CLASSES));
        Tensor gradient = Tensor.zeros(2, CLASSES);
        double value = new Ctc()
                .values(inputs(logProbs, new double[] {1}, 2), null, new Tensor[] {gradient, null, null, null})
                .data()[0];

        assertEquals(-Math.log(likelihood(logProbs, new double[] {1}, new ArrayList<>(), 1)), value, 1e-12);
        assertTrue(Arrays.stream(gradient.data()).allMatch(Double::isFinite), Arrays.toString(gradient.data()));
    }

    @Test
    void refusesLabelsThatAreNone() {
        Tensor logProbs = logProbs(new Random(7), 5);
        assertRefused(
                "Label must be a class and not the blank: target=4, classes=4",
                () -> value(logProbs, new double[] {1, 4}, 5));
        assertRefused("target=-1", () -> value(logProbs, new double[] {-1}, 5));
        assertRefused("target=0, classes=4, blank=0, position=[1]", () -> value(logProbs, new double[] {2, 0}, 5));
        assertRefused("inputLengths must be in [0, 5]: inputLengths=-1", () -> value(logProbs, new double[] {2}, -1));
        assertRefused("blank must be at least 0: blank=-1", () -> new Ctc(-1, false, Reduction.MEAN));
        assertRefused("Targets must be indices", () -> new Ctc()
                .values(
                        new Tensor[] {logProbs, Tensor.zeros(1), Tensor.ofIndices(new double[] {5}), Tensor.zeros()},
                        null,
                        new Tensor[4]));
    }

    @Test
    void paddingMayHoldAnything() {
        Tensor logProbs = logProbs(new Random(8), 5);
        Tensor padded = Tensor.ofIndices(new double[] {1, -7, 99}, 3);
        Tensor[] inputs = {logProbs, padded, Tensor.ofIndices(new double[] {5}), Tensor.ofIndices(new double[] {1})};
        assertEquals(
                value(logProbs, new double[] {1}, 5),
                new Ctc().values(inputs, null, new Tensor[4]).data()[0]);
    }

    private static double value(Tensor logProbs, double[] labels, int steps) {
        return new Ctc()
                .values(inputs(logProbs, labels, steps), null, new Tensor[4])
                .data()[0];
    }

    private static Tensor[] inputs(Tensor logProbs, double[] labels, int steps) {
        return new Tensor[] {
            logProbs,
            Tensor.ofIndices(labels, labels.length),
            Tensor.ofIndices(new double[] {steps}),
            Tensor.ofIndices(new double[] {labels.length})
        };
    }

    private static Tensor logProbs(Random random, int steps) {
        Tensor logits = Tensor.zeros(steps, CLASSES);
        Arrays.setAll(logits.data(), i -> 2 * random.nextGaussian());
        return Softmax.logs(logits);
    }
}
