package dev.lockstep.driver.data.preprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fitted on Spark, compared with numpy (golden/README.md: 1e-9 · max(1, |b|) is right for float64). */
@Tag("spark")
class PreprocessingGoldenTest {
    private static final double TOLERANCE = 1e-9;
    /** More than one level of the tree of sums, and some of them empty where there are few rows. */
    private static final int PARTITIONS = 6;

    static Stream<Arguments> cases() throws IOException {
        return Golden.cases().stream().map(each -> Arguments.of(each.get("id").asText(), each));
    }

    @Test
    void everyOperationHasCases() throws IOException {
        List<String> operations = Golden.cases().stream()
                .map(each -> each.get("operation").asText())
                .distinct()
                .toList();
        assertTrue(
                operations.containsAll(
                        List.of("center", "standardize", "pca", "pca_whiten", "zca_whiten", "image_channels")),
                operations::toString);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithNumpy(String id, JsonNode golden) {
        FeatureRows rows = rows(golden);
        Preprocess fitted = preprocessor(golden).fit(rows);
        Preprocess restored = Preprocess.fromMap(fitted.toMap());
        double[] signs = null;
        for (String name : List.of("", "other")) {
            JsonNode input = golden.get(name.isEmpty() ? "input" : name);
            JsonNode output = golden.get(name.isEmpty() ? "output" : name + "_output");
            if (output != null) {
                List<double[]> found = apply(restored, Golden.rows(input));
                List<double[]> expected = Golden.rows(output);
                signs = signs == null ? signs(golden, found, expected) : signs;
                assertClose(expected, found, signs, id + " " + name);
            }
        }
        checkStatistics(id, golden, rows);
        checkCovariance(id, golden, apply(fitted, Golden.rows(golden.get("input"))));
    }

    private static Preprocessor preprocessor(JsonNode golden) {
        JsonNode args = golden.get("args");
        return switch (golden.get("operation").asText()) {
            case "center" -> new Center();
            case "standardize" -> new Standardize();
            case "pca" -> new Pca(args.get("components").asInt());
            case "pca_whiten" ->
                new PcaWhiten(args.get("eps").asDouble(), args.get("ddof").asInt());
            case "zca_whiten" ->
                new ZcaWhiten(args.get("eps").asDouble(), args.get("ddof").asInt());
            case "image_channels" -> new PerChannel();
            default -> throw new AssertionError("Operation has no preprocessor: " + golden.get("operation"));
        };
    }

    private static FeatureRows rows(JsonNode golden) {
        JavaRDD<double[]> rows = new JavaSparkContext(LocalSpark.session().sparkContext())
                .parallelize(Golden.rows(golden.get("input")), PARTITIONS);
        return new SparkFeatureRows(rows, Golden.shape(golden.get("input")));
    }

    private static List<double[]> apply(Preprocess preprocess, List<double[]> rows) {
        return rows.stream().map(preprocess::apply).toList();
    }

    /** The direction of a principal component is free; null where nothing is. */
    private static double[] signs(JsonNode golden, List<double[]> found, List<double[]> expected) {
        if (!golden.get("operation").asText().startsWith("pca")) {
            return null;
        }
        double[] signs = new double[expected.get(0).length];
        for (int k = 0; k < signs.length; k++) {
            double agreement = 0;
            for (int row = 0; row < found.size(); row++) {
                agreement += found.get(row)[k] * expected.get(row)[k];
            }
            signs[k] = Math.signum(agreement);
        }
        return signs;
    }

    private static void assertClose(List<double[]> expected, List<double[]> found, double[] signs, String message) {
        assertEquals(expected.size(), found.size());
        for (int row = 0; row < expected.size(); row++) {
            double[] wanted = expected.get(row).clone();
            for (int i = 0; signs != null && i < wanted.length; i++) {
                wanted[i] *= signs[i];
            }
            assertClose(wanted, found.get(row), message + " row " + row);
        }
    }

    private static void assertClose(double[] expected, double[] found, String message) {
        assertEquals(expected.length, found.length, message);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    expected[i], found[i], TOLERANCE * Math.max(1, Math.abs(expected[i])), message + " [" + i + "]");
        }
    }

    private static void checkStatistics(String id, JsonNode golden, FeatureRows rows) {
        ColumnMoments moments = rows.moments();
        if (golden.get("operation").asText().equals("image_channels")) {
            double[] mean = ((Scaling) new PerChannel(PerChannel.Statistics.MEAN).fit(rows)).shift();
            assertClose(Golden.vector(golden.get("mean")), mean, id + " mean");
            double[] deviation = ((Scaling) new PerChannel().fit(rows)).scale();
            assertClose(Golden.vector(golden.get("std")), deviation, id + " std");
            return;
        }
        assertClose(Golden.vector(golden.get("mean")), moments.mean(), id + " mean");
        if (golden.has("std")) {
            assertClose(Golden.vector(golden.get("std")), moments.standardDeviation(0), id + " std");
            assertClose(Golden.vector(golden.get("std_unbiased")), moments.standardDeviation(1), id + " std_unbiased");
        }
        if (golden.has("eigenvalues")) {
            Spectrum spectrum = Spectrum.of(rows, golden.get("args").get("ddof").asInt());
            assertClose(Golden.vector(golden.get("eigenvalues")), spectrum.values(), id + " eigenvalues");
        }
    }

    private static void checkCovariance(String id, JsonNode golden, List<double[]> output) {
        output.forEach(row -> {
            for (double value : row) {
                assertFalse(Double.isNaN(value) || Double.isInfinite(value), id);
            }
        });
        if (golden.has("output_covariance")) {
            int ddof = golden.get("args").get("ddof").asInt();
            // Products of two numbers that may each be off.
            assertArrayEquals(
                    Golden.vector(golden.get("output_covariance")),
                    covariance(output, ddof),
                    2 * TOLERANCE,
                    id + " covariance");
        }
    }

    /** The plain definition. */
    private static double[] covariance(List<double[]> rows, int ddof) {
        int width = rows.get(0).length;
        List<double[]> centred = new ArrayList<>();
        for (double[] row : rows) {
            double[] copy = row.clone();
            for (int i = 0; i < width; i++) {
                int column = i;
                copy[i] -= rows.stream()
                        .mapToDouble(each -> each[column])
                        .average()
                        .orElseThrow();
            }
            centred.add(copy);
        }
        double[] covariance = new double[width * width];
        for (int i = 0; i < covariance.length; i++) {
            int row = i / width;
            int column = i % width;
            covariance[i] = centred.stream()
                            .mapToDouble(each -> each[row] * each[column])
                            .sum()
                    / (rows.size() - ddof);
        }
        return covariance;
    }
}
