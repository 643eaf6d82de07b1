package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Against {@code torch.nn.init}: exact values where there are some, moments and quantiles where the values are random.
 */
class InitializersGoldenTest {
    private static final int STANDARD_ERRORS = 5;

    @Test
    void everyInitializerHasCases() {
        Set<String> covered =
                Golden.cases().map(c -> c.get("initializer").asText()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = new TreeSet<>(Initializers.byName().keySet());
        wanted.add("calculate_gain");
        assertEquals(wanted, covered);
    }

    @TestFactory
    Collection<DynamicTest> exactValuesAgree() {
        return tests(c -> c.path("value").isObject(), c -> {
            double[] expected = Golden.numbers(c.get("value").get("data"));
            float[] values = filled(c);
            assertEquals(expected.length, values.length);
            for (int i = 0; i < values.length; i++) {
                assertEquals((float) expected[i], values[i], "index " + i);
            }
        });
    }

    @TestFactory
    Collection<DynamicTest> gainsAgree() {
        return tests(
                c -> c.path("value").isNumber(),
                c -> assertEquals(c.get("value").asDouble(), gain(c), 1e-12));
    }

    @TestFactory
    Collection<DynamicTest> whatPyTorchRefusesIsRefused() {
        return tests(c -> c.get("kind").asText().equals("error"), c -> {
            var refused = assertThrows(IllegalArgumentException.class, () -> {
                if (c.get("initializer").asText().equals("calculate_gain")) {
                    gain(c);
                } else {
                    filled(c);
                }
            });
            assertTrue(refused.getMessage().matches("(?s).+: .*\\w+=.+"), refused.getMessage());
        });
    }

    @TestFactory
    Collection<DynamicTest> randomValuesAreDistributedAsExpected() {
        return tests(c -> c.has("distribution"), c -> {
            float[] values = filled(c);
            assertEquals(c.get("count").asInt(), values.length);
            assertMoments(c, values);
            assertQuantiles(c.get("distribution"), values);
        });
    }

    @TestFactory
    Collection<DynamicTest> fansAgree() {
        return tests(
                c -> c.has("fan_in"),
                c -> assertEquals(
                        new Fans(c.get("fan_in").asLong(), c.get("fan_out").asLong()), Fans.of(Golden.shape(c))));
    }

    @TestFactory
    Collection<DynamicTest> orthogonalLinesAreOrthogonal() {
        return tests(c -> c.has("gram_diagonal"), c -> {
            float[] values = filled(c);
            int rows = Golden.shape(c).get(0);
            int columns = values.length / rows;
            boolean byRows = c.get("orthonormal").asText().equals("rows");
            int lines = byRows ? rows : columns;
            double diagonal = c.get("gram_diagonal").asDouble();
            for (int a = 0; a < lines; a++) {
                for (int b = 0; b < lines; b++) {
                    double dot = 0;
                    for (int k = 0; k < values.length / lines; k++) {
                        dot += byRows
                                ? (double) values[a * columns + k] * values[b * columns + k]
                                : (double) values[k * columns + a] * values[k * columns + b];
                    }
                    assertEquals(a == b ? diagonal : 0, dot, 1e-6 * diagonal);
                }
            }
        });
    }

    @TestFactory
    Collection<DynamicTest> orthogonalDecomposesAKnownMatrixAsPyTorchDoes() {
        return tests(c -> c.has("from_gaussian"), c -> {
            int rows = c.get("gaussian").get("shape").get(0).asInt();
            int columns = c.get("gaussian").get("shape").get(1).asInt();
            double[] gaussian = Golden.numbers(c.get("gaussian").get("data"));
            double[] expected = Golden.numbers(c.get("from_gaussian").get("data"));
            double gain = c.get("args").get("gain").asDouble();
            double[][] lines = Orthogonal.orthogonalLines(rows, columns, i -> gaussian[i]);
            for (int i = 0; i < expected.length; i++) {
                double value = rows < columns ? lines[i / columns][i % columns] : lines[i % columns][i / columns];
                assertEquals(expected[i], gain * value, 1e-9 * Math.max(1, gain));
            }
        });
    }

    @TestFactory
    Collection<DynamicTest> sparseColumnsHoldTheirZeros() {
        return tests(c -> c.has("zeros_per_column"), c -> {
            float[] values = filled(c);
            int columns = Golden.shape(c).get(1);
            int[] zeros = new int[columns];
            Set<Integer> rowsWithZeros = new HashSet<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] == 0) {
                    zeros[i % columns]++;
                    rowsWithZeros.add(i / columns);
                }
            }
            int expected = c.get("zeros_per_column").asInt();
            for (int count : zeros) {
                assertEquals(expected, count);
            }
            assertTrue(expected == 0 || rowsWithZeros.size() > values.length / columns / 2, "zeros lie in few rows");
            assertNonzeros(c, values);
        });
    }

    private static void assertNonzeros(JsonNode golden, float[] values) {
        double std = golden.get("nonzero_std").asDouble();
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            count += value == 0 ? 0 : 1;
        }
        if (count > 0) {
            assertEquals(0, sum / count, STANDARD_ERRORS * std / Math.sqrt(count));
            assertEquals(std, Math.sqrt(squares / count), STANDARD_ERRORS * std / Math.sqrt(2.0 * count));
        }
    }

    private static void assertMoments(JsonNode golden, float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value;
        }
        mean /= values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }

        JsonNode distribution = golden.get("distribution");
        double std = Math.sqrt(squares / (values.length - 1));
        assertEquals(
                distribution.get("mean_value").asDouble(),
                mean,
                STANDARD_ERRORS * golden.get("se_mean").asDouble());
        assertEquals(
                distribution.get("std_value").asDouble(),
                std,
                STANDARD_ERRORS * golden.get("se_std").asDouble());
    }

    /**
     * The share of values below each quantile has a binomial's error; two values more, because a binomial is not quite
     * normal.
     */
    private static void assertQuantiles(JsonNode distribution, float[] values) {
        double[] support = Golden.numbers(distribution.get("support"));
        double[] probabilities = Golden.numbers(distribution.get("probabilities"));
        double[] quantiles = Golden.numbers(distribution.get("quantiles"));
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        assertTrue(support[0] <= sorted[0] && sorted[sorted.length - 1] <= support[1]);

        for (int q = 0; q < quantiles.length; q++) {
            double p = probabilities[q];
            int below = 0;
            while (below < sorted.length && sorted[below] < quantiles[q]) {
                below++;
            }
            double tolerance = STANDARD_ERRORS * Math.sqrt(p * (1 - p) / sorted.length) + 2.0 / sorted.length;
            assertEquals(p, (double) below / sorted.length, tolerance, "share below " + quantiles[q]);
        }
    }

    private static float[] filled(JsonNode golden) {
        List<Integer> shape = Golden.shape(golden);
        float[] values = new float[(int) Shapes.product(shape)];
        Arrays.fill(values, Float.NaN);
        Bound.of(golden.get("initializer").asText(), golden.get("args"))
                .fill(shape, Draws.of(1, golden.get("id").asText()), values);
        return values;
    }

    private static double gain(JsonNode golden) {
        Nonlinearity nonlinearity =
                Nonlinearity.named(golden.get("args").get("nonlinearity").asText());
        JsonNode param = golden.get("args").get("param");
        return param.isNull() ? Gain.of(nonlinearity) : Gain.of(nonlinearity, param.asDouble());
    }

    private interface Check {
        void of(JsonNode golden);
    }

    private static List<DynamicTest> tests(Predicate<JsonNode> wanted, Check check) {
        List<DynamicTest> tests = Golden.cases()
                .filter(wanted)
                .map(c -> DynamicTest.dynamicTest(c.get("id").asText(), () -> check.of(c)))
                .toList();
        assertTrue(!tests.isEmpty(), "no cases");
        return tests;
    }
}
