package dev.lockstep.optim.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.optim.Golden;
import dev.lockstep.optim.RecordBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch's float64 results, with each tensor in a range of its own. */
class ClippingGoldenTest {
    private static final double TIMES = 4;
    private static final double LEAST = 1e-7;
    private static final Map<String, String> NAMES = Map.of("clip_grad_norm", "norm", "clip_grad_value", "value");

    static Stream<Named<JsonNode>> values() {
        return Golden.cases("clipping", "value");
    }

    static Stream<Named<JsonNode>> errors() {
        return Golden.cases("clipping", "error");
    }

    private static Clip clip(JsonNode node) {
        String name = NAMES.get(node.get("function").asText());
        return new RecordBinder().bind(Clips.byName().get(name), node.get("args"));
    }

    private static List<float[]> gradients(JsonNode node) {
        return StreamSupport.stream(node.get("grads").spliterator(), false)
                .map(Golden::floats)
                .toList();
    }

    /** The norm as shards find it: partials of every tensor, combined in order. */
    private static double norm(Clip clip, List<float[]> gradients) {
        GradientRound round = new GradientRound(clip.norm());
        List<List<TensorPart>> ranges = new ArrayList<>();
        List<double[]> partials = new ArrayList<>();
        for (int tensor = 0; tensor < gradients.size(); tensor++) {
            float[] gradient = gradients.get(tensor);
            TensorPart part = new TensorPart(tensor, "w" + tensor, 0, gradient.length);
            ranges.add(List.of(part));
            double[] sums = new double[round.width()];
            round.measure(gradient, part.start(), part.end(), sums);
            partials.add(sums);
        }

        return round.globalNorm(Totals.of(round, ranges, partials));
    }

    private static void clip(Clip clip, List<float[]> gradients) {
        double norm = clip.norm().isPresent() ? norm(clip, gradients) : Double.NaN;
        gradients.forEach(gradient -> clip.clip(gradient, 0, gradient.length, norm));
    }

    @ParameterizedTest
    @MethodSource("values")
    void followsPyTorch(JsonNode node) {
        double tolerance = TIMES * Math.max(LEAST, node.get("float32_error").asDouble());
        Clip clip = clip(node);
        List<float[]> gradients = gradients(node);
        if (node.has("total_norm")) {
            double expected = Golden.number(node.get("total_norm"));
            assertClose(expected, norm(clip, gradients), tolerance, node);
        }

        clip(clip, gradients);
        for (int tensor = 0; tensor < gradients.size(); tensor++) {
            double[] expected = Golden.numbers(node.get("clipped").get(tensor));
            assertEquals(expected.length, gradients.get(tensor).length);
            for (int i = 0; i < expected.length; i++) {
                assertClose(expected[i], gradients.get(tensor)[i], tolerance, node);
            }
        }
    }

    private static void assertClose(double expected, double actual, double tolerance, JsonNode node) {
        assertTrue(
                Golden.distance(expected, actual) <= tolerance,
                node.get("id").asText() + ", expected=" + expected + ", actual=" + actual);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatPyTorchRefuses(JsonNode node) {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> clip(clip(node), gradients(node)));
        assertTrue(error.getMessage().contains("="), error.getMessage());
    }
}
