package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.worker.Golden.Case;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.AdaptiveAvgPool2d;
import dev.lockstep.worker.layer.AvgPool2d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.Concat;
import dev.lockstep.worker.layer.Conv1d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.DenseBlock;
import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.GroupNorm;
import dev.lockstep.worker.layer.Gru;
import dev.lockstep.worker.layer.InstanceNorm;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LayerNorm;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.LocalResponseNorm;
import dev.lockstep.worker.layer.Lstm;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Padding;
import dev.lockstep.worker.layer.PaddingMode;
import dev.lockstep.worker.layer.Prelu;
import dev.lockstep.worker.layer.Residual;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Softplus;
import dev.lockstep.worker.layer.Tanh;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer with state, and those that slide, against what golden/layers.py made with PyTorch, in double precision.
 */
class LayersGoldenTest {
    private static final double TOLERANCE = 1e-9;
    private static final Size2d ONE = new Size2d(1);
    private static final Size2d NONE = new Size2d(0);

    static final Map<String, Layer> LAYERS = Map.ofEntries(
            entry("linear", new Linear(4)),
            entry("linear without bias on steps", new Linear(4, false)),
            entry("conv1d", new Conv1d(4, 3, 2, Padding.of(1), 2, 2, true, PaddingMode.ZEROS)),
            entry("conv1d same", new Conv1d(3, 4, 1, Padding.SAME, 1, 1, true, PaddingMode.ZEROS)),
            entry("conv1d circular", new Conv1d(3, 3, 1, Padding.of(2), 1, 1, true, PaddingMode.CIRCULAR)),
            entry(
                    "conv2d",
                    conv(new Size2d(3, 2), new Size2d(2, 1), Padding.of(1, 2), new Size2d(1, 2), PaddingMode.ZEROS)),
            entry(
                    "conv2d without bias in groups",
                    new Conv2d(6, new Size2d(3), ONE, Padding.of(0), ONE, 2, false, PaddingMode.ZEROS)),
            entry("conv2d same", conv(new Size2d(2, 4), ONE, Padding.SAME, ONE, PaddingMode.ZEROS)),
            entry("conv2d reflect", conv(new Size2d(3), ONE, Padding.of(1, 2), ONE, PaddingMode.REFLECT)),
            entry("conv2d replicate", conv(new Size2d(3), ONE, Padding.of(1), ONE, PaddingMode.REPLICATE)),
            entry("max_pool2d", new MaxPool2d(new Size2d(2))),
            entry("max_pool2d ceil", new MaxPool2d(new Size2d(3), new Size2d(2), ONE, ONE, true)),
            entry("max_pool2d dilated", new MaxPool2d(new Size2d(2, 3), ONE, NONE, new Size2d(2), false)),
            entry("avg_pool2d", new AvgPool2d(new Size2d(3), new Size2d(2), ONE, true, true, null)),
            entry("avg_pool2d without padding", new AvgPool2d(new Size2d(2, 3), null, ONE, false, false, null)),
            entry("avg_pool2d divisor", new AvgPool2d(new Size2d(2), null, NONE, false, true, 3)),
            entry("adaptive_avg_pool2d", new AdaptiveAvgPool2d(new Size2d(3, 2))),
            entry("flatten", new Flatten()),
            entry("flatten some", new Flatten(2, 3)),
            entry("embedding", new Embedding(6, 3)),
            entry("embedding with padding, by frequency", new Embedding(6, 3, 2, true, false)),
            entry("lstm", new Lstm(4)),
            entry("lstm last, two layers and directions", new Lstm(4, 2, true, true, 0, true, 0, true)),
            entry("lstm projected without bias", new Lstm(4, 2, false, true, 0, false, 2, false)),
            entry("gru", new Gru(4)),
            entry("gru last, two layers and directions", new Gru(4, 2, true, true, 0, true, true)),
            entry("local_response_norm", new LocalResponseNorm(4, 0.5, 0.6, 2)),
            entry("local_response_norm of a sequence", new LocalResponseNorm(3)),
            entry("batch_norm2d", new BatchNorm2d()),
            entry("layer_norm", new LayerNorm()),
            entry("group_norm", new GroupNorm(2)),
            entry("instance_norm", new InstanceNorm(1e-5, 0.1, true, true)),
            entry("prelu", new Prelu(3, 0.25)),
            entry("residual", new Residual(List.of(new Linear(4), new Tanh(), new Linear(3)))),
            entry(
                    "residual with projection",
                    new Residual(
                            List.of(
                                    conv(new Size2d(3), new Size2d(2), Padding.of(1), ONE, PaddingMode.ZEROS),
                                    new BatchNorm2d()),
                            List.of(conv(ONE, new Size2d(2), Padding.of(0), ONE, PaddingMode.ZEROS)))),
            entry(
                    "dense_block",
                    new DenseBlock(
                            List.of(conv(new Size2d(3), ONE, Padding.of(1), ONE, PaddingMode.ZEROS), new Tanh()), 2)),
            entry(
                    "concat",
                    new Concat(List.of(List.of(new Linear(2)), List.of(new Linear(1), new Softplus()), List.of()))));

    private static Layer conv(Size2d kernel, Size2d stride, Padding padding, Size2d dilation, PaddingMode mode) {
        return new Conv2d(3, kernel, stride, padding, dilation, 1, true, mode);
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = LayersGoldenTest.class.getResourceAsStream("/layers/layers.json")) {
            JsonNode root = new ObjectMapper().readTree(in);
            return StreamSupport.stream(root.get("cases").spliterator(), false).map(Case::new);
        }
    }

    @Test
    void everyCaseHasALayer() throws IOException {
        assertEquals(
                LAYERS.keySet().stream().sorted().toList(),
                cases().map(Case::toString).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Case stored) {
        JsonNode json = stored.json();
        Values input = Values.of(json.get("input"));
        LayerProbe probe = new LayerProbe(
                LAYERS.get(stored.toString()),
                input.shape().subList(1, input.shape().size()));
        List<String> names = new ArrayList<>();
        json.get("state").properties().forEach(entry -> {
            names.add(entry.getKey());
            probe.set(entry.getKey(), Values.of(entry.getValue()));
        });
        assertEquals(names, probe.stateNames(names));
        List<String> trained = new ArrayList<>(List.copyOf(names));
        trained.retainAll(probe.parameterNames());
        assertEquals(trained, probe.parameterNames(), "order of state_dict");

        double[] output = probe.run(input, Values.of(json.get("upstream")).data(), /* training */ true);
        Values expected = Values.of(json.get("output"));
        assertEquals(expected.shape(), probe.lastShape());
        assertEquals(expected.shape().subList(1, expected.shape().size()), probe.outputShape(), "planned shape");
        assertClose(expected.data(), output, TOLERANCE, "output");
        json.get("grads").properties().forEach(entry -> {
            double[] actual = entry.getKey().equals("input") ? probe.inputGradient() : probe.gradient(entry.getKey());
            assertClose(Values.of(entry.getValue()).data(), actual, TOLERANCE, entry.getKey());
        });
    }
}
