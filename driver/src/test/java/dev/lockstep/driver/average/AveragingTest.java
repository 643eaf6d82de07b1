package dev.lockstep.driver.average;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CosineEmbedding;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.GaussianNll;
import dev.lockstep.losses.Mse;
import dev.lockstep.losses.PoissonNll;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the mean of predictions is for each way in which a loss takes them. */
class AveragingTest {
    private static final double TOLERANCE = 1e-12;

    private static Tensor drawn(long seed, int... shape) {
        Tensor drawn = Tensor.zeros(shape);
        Random random = new Random(seed);
        for (int i = 0; i < drawn.size(); i++) {
            drawn.data()[i] = 0.1 + 2 * random.nextDouble();
        }
        return drawn;
    }

    @Test
    void lossesSayWhatIsAveraged() {
        assertEquals(Averaging.PROBABILITIES, Averaging.of(new CrossEntropy()));
        assertEquals(Averaging.LOGITS, Averaging.of(new BceWithLogits()));
        assertEquals(Averaging.MIXTURES, Averaging.of(new GaussianNll()));
        assertEquals(Averaging.VALUES, Averaging.of(new Mse()));
        assertEquals(Averaging.LOGARITHMS, Averaging.of(new PoissonNll()));
        assertEquals(Averaging.VALUES, Averaging.of(new PoissonNll(false, false, 1e-8, Reduction.MEAN)));
        String message = assertThrows(IllegalArgumentException.class, () -> Averaging.of(new CosineEmbedding()))
                .getMessage();
        assertTrue(message.startsWith("Embeddings of several networks have no mean: loss="), message);
    }

    @ParameterizedTest
    @EnumSource(Averaging.class)
    void severalOfTheSameAreThatOne(Averaging averaging) {
        Tensor one = drawn(5, 3, 4, 2);
        Tensor mean = averaging.mean(List.of(one, one, one));
        Tensor expected = averaging == Averaging.PROBABILITIES ? Means.logSoftmax(one) : one;
        assertArrayEquals(expected.shape(), mean.shape());
        assertArrayEquals(expected.data(), mean.data(), TOLERANCE);
    }

    @Test
    void probabilitiesOfClassesAreAveraged() {
        Tensor a = drawn(1, 2, 3, 2);
        Tensor b = drawn(2, 2, 3, 2);
        Tensor mean = Averaging.PROBABILITIES.mean(List.of(a, b));
        for (int row = 0; row < 2; row++) {
            for (int place = 0; place < 2; place++) {
                double all = 0;
                for (int k = 0; k < 3; k++) {
                    double expected = (share(a, row, k, place) + share(b, row, k, place)) / 2;
                    double actual = Math.exp(mean.data()[row * 6 + k * 2 + place]);
                    assertEquals(expected, actual, TOLERANCE);
                    all += actual;
                }
                assertEquals(1, all, TOLERANCE);
            }
        }
    }

    private static double share(Tensor scores, int row, int k, int place) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += Math.exp(scores.data()[row * 6 + c * 2 + place]);
        }
        return Math.exp(scores.data()[row * 6 + k * 2 + place]) / sum;
    }

    @Test
    void yesAndNoAreAveragedAndSureScoresStayFinite() {
        Tensor mean = Averaging.LOGITS.mean(List.of(
                Tensor.of(new double[] {0, 900, -900, 900}, 4), Tensor.of(new double[] {1, 900, -900, -900}, 4)));
        double yes = (0.5 + 1 / (1 + Math.exp(-1))) / 2;
        assertEquals(yes, 1 / (1 + Math.exp(-mean.data()[0])), TOLERANCE);
        assertArrayEquals(new double[] {900, -900, 0}, java.util.Arrays.copyOfRange(mean.data(), 1, 4), 1e-9);
    }

    @Test
    void distributionsAreMixed() {
        Tensor one = Tensor.of(new double[] {1, 0.5}, 1, 2);
        Tensor other = Tensor.of(new double[] {3, 1.5}, 1, 2);
        assertArrayEquals(
                new double[] {2, 2},
                Averaging.MIXTURES.mean(List.of(one, other)).data(),
                TOLERANCE);
    }
}
