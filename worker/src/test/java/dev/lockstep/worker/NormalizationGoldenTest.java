package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.Golden.Case;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.GroupNorm;
import dev.lockstep.worker.layer.InstanceNorm;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LayerNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The normalisations against PyTorch's values, gradients and running statistics, in double precision, over several
 * batches.
 */
class NormalizationGoldenTest {
    private static final double TOLERANCE = 1e-9;
    private static final Map<String, String> NAMES = Map.of("gamma", "weight", "beta", "bias");

    static Stream<Case> values() {
        return Golden.cases("normalization").filter(stored -> !stored.isError());
    }

    static Stream<Case> errors() {
        return Golden.cases("normalization").filter(Case::isError);
    }

    @Test
    void thereAreCases() {
        assertTrue(values().count() > 0);
        assertTrue(errors().count() > 0);
    }

    @ParameterizedTest
    @MethodSource("values")
    void agreesWithPyTorch(Case stored) {
        agree(stored, layer(stored, /* sync */ false));
    }

    static Stream<Case> batchNorms() {
        return values().filter(stored -> stored.text("layer").startsWith("BatchNorm"));
    }

    /** One worker's share is the global batch. */
    @ParameterizedTest
    @MethodSource("batchNorms")
    void synchronisedAgreesWithPyTorchToo(Case stored) {
        agree(stored, layer(stored, /* sync */ true));
    }

    private static void agree(Case stored, Layer layer) {
        JsonNode json = stored.json();
        LayerProbe probe = null;
        for (JsonNode batch : json.get("batches")) {
            Values input = Values.of(batch.get("input"));
            if (probe == null) {
                probe = probe(stored, layer, input);
            }
            boolean training = batch.get("mode").asText().equals("train");
            double[] value = probe.run(input, Values.of(batch.get("upstream")).data(), training);
            assertClose(Values.of(batch.get("value")).data(), value, TOLERANCE, "value");
            checkGradients(batch, probe);
            checkStatistics(batch, probe);
        }
    }

    private static LayerProbe probe(Case stored, Layer layer, Values input) {
        LayerProbe probe = new LayerProbe(layer, example(input));
        stored.json().get("state").properties().forEach(entry -> {
            double[] values = Values.of(entry.getValue()).data();
            if (NAMES.containsKey(entry.getKey())) {
                probe.setParameter(NAMES.get(entry.getKey()), values);
            } else {
                probe.setBuffer(entry.getKey(), values);
            }
        });
        return probe;
    }

    private static void checkGradients(JsonNode batch, LayerProbe probe) {
        batch.get("grads").properties().forEach(entry -> {
            double[] expected = Values.of(entry.getValue()).data();
            double[] actual = entry.getKey().equals("input")
                    ? probe.inputGradient()
                    : probe.parameterGradient(NAMES.get(entry.getKey()));
            assertClose(expected, actual, TOLERANCE, entry.getKey() + "'s gradient");
        });
    }

    private static void checkStatistics(JsonNode batch, LayerProbe probe) {
        for (String name : List.of("running_mean", "running_var")) {
            if (batch.hasNonNull(name)) {
                assertClose(Values.of(batch.get(name)).data(), probe.bufferValues(name), TOLERANCE, name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatPyTorchRefuses(Case stored) {
        Values input = Values.of(stored.json().get("inputs").get("input"));
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> {
            LayerProbe probe = new LayerProbe(layer(stored, /* sync */ false), declared(stored, input));
            probe.run(input, null, /* training */ true);
        });
        assertTrue(refusal.getMessage().contains("layer=0 ("), refusal.getMessage());
    }

    /** With the channels that the arguments promise, whatever the input has. */
    private static List<Integer> declared(Case stored, Values input) {
        List<Integer> shape = new ArrayList<>(example(input));
        JsonNode args = stored.json().get("args");
        shape.set(0, args.path("num_features").asInt(shape.get(0)));
        return shape;
    }

    private static List<Integer> example(Values input) {
        return input.shape().subList(1, input.shape().size());
    }

    private static Layer layer(Case stored, boolean sync) {
        JsonNode args = stored.json().get("args");
        double eps = args.path("eps").asDouble(1e-5);
        Double momentum = momentum(args);
        boolean affine = args.path("affine").asBoolean(true);
        boolean tracking = args.path("track_running_stats").asBoolean(true);
        return switch (stored.text("layer")) {
            case "BatchNorm1d" -> new BatchNorm1d(eps, momentum, affine, tracking, sync);
            case "BatchNorm2d" -> new BatchNorm2d(eps, momentum, affine, tracking, sync);
            case "InstanceNorm2d" ->
                new InstanceNorm(
                        eps,
                        momentum,
                        args.path("affine").asBoolean(false),
                        args.path("track_running_stats").asBoolean(false));
            case "GroupNorm" -> new GroupNorm(args.get("num_groups").asInt(), eps, affine);
            case "LayerNorm" -> {
                boolean elementwise = args.path("elementwise_affine").asBoolean(true);
                yield new LayerNorm(ints(args.get("normalized_shape")), eps, elementwise, true);
            }
            default -> throw new AssertionError("No layer for layer=" + stored.text("layer"));
        };
    }

    private static Double momentum(JsonNode args) {
        if (args.has("momentum") && args.get("momentum").isNull()) {
            return null;
        }

        return args.path("momentum").asDouble(0.1);
    }

    private static List<Integer> ints(JsonNode node) {
        List<Integer> ints = new ArrayList<>();
        node.forEach(item -> ints.add(item.asInt()));
        return ints;
    }
}
