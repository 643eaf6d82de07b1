package dev.lockstep.driver.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlTree;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Metrics against scikit-learn, whose values golden/metrics.py wrote down. */
class MetricGoldenTest {
    private static final Binder BINDER = Binder.plain()
            .with(new Catalogue<>(Metric.class, "metric", Metrics.byName()))
            .with(new Catalogue<>(Loss.class, "loss", Losses.byName()));

    @TestFactory
    List<DynamicTest> agreesWithScikitLearn() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Set<Class<?>> tested = new HashSet<>();
        for (JsonNode one : cases()) {
            Predicted predicted = predicted(one);
            one.get("figures").properties().forEach(figure -> {
                Metric metric = bound(figure.getKey(), Metric.class);
                tested.add(metric.getClass());
                String name = figure.getKey() + " of " + one.get("loss").asText() + " " + one.get("shape");
                tests.add(DynamicTest.dynamicTest(name, () -> check(metric, predicted, figure.getValue())));
            });
        }

        assertEquals(new HashSet<>(Metrics.byName().values()), tested, "every metric has cases");
        return tests;
    }

    private static void check(Metric metric, Predicted predicted, JsonNode expected) {
        metric.requireFits(predicted.loss(), predicted.columns());
        double[] found = Predicted.figures(metric, predicted.state(metric, 7));
        assertArrayEquals(numbers(expected), found, 1e-12 * predicted.count());
    }

    private static Predicted predicted(JsonNode one) {
        double[] targets = numbers(one.get("targets"));
        float[] carried = new float[targets.length];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = (float) targets[i];
        }
        int[] shape = new int[one.get("shape").size()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = one.get("shape").get(d).asInt();
        }
        return new Predicted(
                bound(one.get("loss").asText(), Loss.class), shape, numbers(one.get("predictions")), carried);
    }

    /** All numbers of a number, a list or a list of lists. */
    private static double[] numbers(JsonNode node) {
        if (node.isNumber()) {
            return new double[] {node.asDouble()};
        }
        List<Double> numbers = new ArrayList<>();
        node.forEach(item -> {
            for (double number : numbers(item)) {
                numbers.add(number);
            }
        });
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static <T> T bound(String yaml, Class<T> type) {
        return BINDER.bind(Value.root(YamlTree.ofFile("metrics.json", yaml)), type);
    }

    private static JsonNode cases() throws IOException {
        String folder = System.getProperty("golden.dir");
        Path file = folder == null ? null : Path.of(folder, "metrics.json");
        try (InputStream in = file != null && Files.exists(file)
                ? Files.newInputStream(file)
                : MetricGoldenTest.class.getResourceAsStream("/golden/metrics.json")) {
            return new ObjectMapper().readTree(in).get("cases");
        }
    }
}
