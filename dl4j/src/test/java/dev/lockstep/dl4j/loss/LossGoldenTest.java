package dev.lockstep.dl4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The adapter against PyTorch's values and gradients, of losses that look at rows of predictions and labels. */
class LossGoldenTest {
    private static final Path FILE = Path.of("../losses/src/test/resources/golden/losses.json");
    /** Labels come as float32. */
    private static final double TOLERANCE = 1e-6;

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        for (JsonNode golden : new ObjectMapper().readTree(FILE.toFile()).get("cases")) {
            Set<String> inputs = new TreeSet<>();
            golden.path("inputs").fieldNames().forEachRemaining(inputs::add);
            boolean fits = !golden.get("kind").asText().equals("error")
                    && golden.get("args").path("reduction").asText("mean").equals("mean")
                    && inputs.equals(Set.of("input", "target"))
                    && golden.get("inputs").get("input").get("shape").size() == 2
                    && isOfRows(golden.get("inputs"))
                    && isFinite(golden.get("value"))
                    && !golden.path("tags").toString().contains("overflow")
                    && !text(golden).isEmpty();
            if (fits) {
                cases.add(golden);
            }
        }
        return cases;
    }

    @Test
    void mostLossesAreAmongTheCases() throws IOException {
        Set<String> losses = cases().stream().map(LossGoldenTest::name).collect(Collectors.toSet());
        assertTrue(losses.size() >= 12, losses.toString());
    }

    @TestFactory
    Stream<DynamicTest> agreesWithPyTorch() throws IOException {
        return cases().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.get("id").asText(), () -> check(golden)));
    }

    private static void check(JsonNode golden) {
        INDArray input = array(golden.get("inputs").get("input"));
        INDArray target = array(golden.get("inputs").get("target"));
        Pair<Double, INDArray> actual = LockstepLoss.of(text(golden))
                .computeGradientAndScore(target, input, new ActivationIdentity(), null, /* average */ true);
        assertClose(golden.get("value").get("data").get(0).asDouble(), actual.getFirst());
        double[] expected = doubles(golden.get("grads").get("input"));
        double[] slopes = actual.getSecond().dup('c').data().asDouble();
        assertEquals(expected.length, slopes.length);
        for (int i = 0; i < expected.length; i++) {
            // Deeplearning4j divides the gradient by the rows later.
            assertClose(expected[i], slopes[i] / input.size(0));
        }
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)));
    }

    /** Whether there is a target for each prediction or each row. */
    private static boolean isOfRows(JsonNode inputs) {
        JsonNode input = inputs.get("input").get("shape");
        JsonNode target = inputs.get("target").get("shape");
        return target.equals(input) || (target.size() == 1 && target.get(0).equals(input.get(0)));
    }

    private static boolean isFinite(JsonNode tensor) {
        return tensor.get("data").get(0).isNumber();
    }

    /** As a job file has it; empty where weights are of each element. */
    private static String text(JsonNode golden) {
        List<String> settings = new ArrayList<>();
        for (var field : golden.get("args").properties()) {
            JsonNode value = field.getValue();
            if (value.isObject() && value.get("shape").size() != 1) {
                return "";
            }
            settings.add(field.getKey() + ": " + (value.isObject() ? value.get("data") : value));
        }
        return "{" + name(golden) + ": {" + String.join(", ", settings) + "}}";
    }

    private static String name(JsonNode golden) {
        return golden.get("loss")
                .asText()
                .replaceAll("Loss$", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase();
    }

    private static INDArray array(JsonNode tensor) {
        long[] shape = new long[tensor.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.get("shape").get(i).asLong();
        }
        INDArray array = Nd4j.create(doubles(tensor), shape, 'c');
        return shape.length == 1 ? array.reshape(shape[0], 1) : array;
    }

    private static double[] doubles(JsonNode tensor) {
        double[] doubles = new double[tensor.get("data").size()];
        for (int i = 0; i < doubles.length; i++) {
            JsonNode number = tensor.get("data").get(i);
            doubles[i] = number.isTextual() ? Double.parseDouble(number.asText()) : number.asDouble();
        }
        return doubles;
    }
}
