package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.Golden.Case;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.Elu;
import dev.lockstep.worker.layer.Gelu;
import dev.lockstep.worker.layer.Hardsigmoid;
import dev.lockstep.worker.layer.Hardtanh;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LeakyRelu;
import dev.lockstep.worker.layer.LogSigmoid;
import dev.lockstep.worker.layer.LogSoftmax;
import dev.lockstep.worker.layer.Maxout;
import dev.lockstep.worker.layer.Mish;
import dev.lockstep.worker.layer.Prelu;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.ScaledSigmoid;
import dev.lockstep.worker.layer.Selu;
import dev.lockstep.worker.layer.Sigmoid;
import dev.lockstep.worker.layer.Silu;
import dev.lockstep.worker.layer.Softmax;
import dev.lockstep.worker.layer.Softplus;
import dev.lockstep.worker.layer.Softsign;
import dev.lockstep.worker.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The activations against PyTorch's values and gradients, in double precision. */
class ActivationsGoldenTest {
    private static final double TOLERANCE = 1e-9;

    static Stream<Case> cases() {
        return Golden.cases("activations");
    }

    @Test
    void thereAreCases() {
        assertTrue(cases().count() > 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Case stored) {
        JsonNode json = stored.json();
        if (stored.text("activation").equals("maxout_linear")) {
            MaxoutUnit.check(json, TOLERANCE);
            return;
        }

        Values stacked = Values.of(json.get("inputs").get("input"));
        // A stored input is one example: softmax may run along its first dimension.
        boolean single = !json.get("inputs").has("weight");
        List<Integer> shape = single
                ? stacked.shape()
                : stacked.shape().subList(1, stacked.shape().size());
        Layer layer = layer(stored.text("activation"), json, stacked.shape());
        LayerProbe probe = new LayerProbe(layer, shape);
        if (!single) {
            probe.setParameter(
                    "weight", Values.of(json.get("inputs").get("weight")).data());
        }

        double[] upstream =
                json.has("upstream") ? Values.of(json.get("upstream")).data() : null;
        double[] value =
                probe.run(stacked.as(single ? batchOfOne(shape) : stacked.shape()), upstream, /* training */ true);
        assertClose(Values.of(json.get("value")).data(), value, TOLERANCE, "value");
        assertClose(Values.of(json.get("grads").get("input")).data(), probe.inputGradient(), TOLERANCE, "gradient");
        if (!single) {
            double[] slope = probe.parameterGradient("weight");
            assertClose(Values.of(json.get("grads").get("weight")).data(), slope, TOLERANCE, "slope's gradient");
        }
    }

    private static List<Integer> batchOfOne(List<Integer> shape) {
        List<Integer> batch = new ArrayList<>(List.of(1));
        batch.addAll(shape);
        return batch;
    }

    private static Layer layer(String name, JsonNode json, List<Integer> shape) {
        JsonNode args = json.get("args");
        return switch (name) {
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "relu" -> new Relu();
            case "silu" -> new Silu();
            case "mish" -> new Mish();
            case "selu" -> new Selu();
            case "softsign" -> new Softsign();
            case "logsigmoid" -> new LogSigmoid();
            case "hardsigmoid" -> new Hardsigmoid();
            case "scaled_sigmoid" -> new ScaledSigmoid();
            case "leaky_relu" -> new LeakyRelu(args.get("negative_slope").asDouble());
            case "elu" -> new Elu(args.get("alpha").asDouble());
            case "gelu" ->
                new Gelu(Gelu.Approximation.valueOf(
                        args.get("approximate").asText().toUpperCase(Locale.ROOT)));
            case "softplus" ->
                new Softplus(args.get("beta").asDouble(), args.get("threshold").asDouble());
            case "hardtanh" ->
                new Hardtanh(args.get("min_val").asDouble(), args.get("max_val").asDouble());
            case "prelu" ->
                new Prelu(json.get("inputs").get("weight").get("data").size(), 0.25);
            case "softmax" -> new Softmax(behindBatch(args, shape));
            case "log_softmax" -> new LogSoftmax(behindBatch(args, shape));
            case "maxout" -> new Maxout(args.get("pieces").asInt());
            default -> throw new AssertionError("No layer for activation=" + name);
        };
    }

    private static int behindBatch(JsonNode args, List<Integer> shape) {
        int dim = args.get("dim").asInt();
        return (dim < 0 ? dim + shape.size() : dim) + 1;
    }
}
