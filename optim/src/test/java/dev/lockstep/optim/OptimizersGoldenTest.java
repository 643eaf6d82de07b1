package dev.lockstep.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch's float64 runs, allowing a few times what PyTorch's own float32 runs differ from them. */
class OptimizersGoldenTest {
    private static final double TIMES = 4;
    private static final double LEAST = 1e-7;
    /** Where a tensor begins in its arrays, so that a kernel that forgets its slice's start is noticed. */
    private static final int START = 3;

    static Stream<Named<JsonNode>> values() {
        return Golden.cases("optimizers", "value").filter(OptimizersGoldenTest::isOptimizer);
    }

    static Stream<Named<JsonNode>> errors() {
        return Golden.cases("optimizers", "error").filter(OptimizersGoldenTest::isOptimizer);
    }

    /** L-BFGS is no {@link Optimizer} and has its own test. */
    private static boolean isOptimizer(Named<JsonNode> named) {
        return !named.getPayload().get("optimizer").asText().equals("LBFGS");
    }

    @Test
    void allOptimizersOfPyTorchAreCovered() {
        Set<String> covered = new HashSet<>();
        values().forEach(
                        named -> covered.add(named.getPayload().get("optimizer").asText()));
        assertEquals(12, covered.size(), covered.toString());
    }

    @ParameterizedTest
    @MethodSource("values")
    void followsPyTorch(JsonNode node) {
        double tolerance = TIMES * Math.max(LEAST, node.get("float32_error").asDouble());
        for (int tensor = 0; tensor < node.get("params").size(); tensor++) {
            run(node, tensor, tolerance);
        }
    }

    private static void run(JsonNode node, int tensor, double tolerance) {
        Optimizer optimizer = optimizer(node, tensor);
        Slice slice = start(optimizer, Golden.floats(node.get("params").get(tensor)));
        for (int k = 0; k < node.get("grads").size(); k++) {
            step(
                    optimizer,
                    slice,
                    node.get("grads").get(k).get(tensor),
                    node.get("lrs").get(k).get(tensor).asDouble());
            String where = node.get("id").asText() + ", tensor=" + tensor + ", step=" + (k + 1);
            JsonNode expected = node.get("float64").get("params").get(k).get(tensor);
            assertClose(Golden.numbers(expected), slice.params(), tolerance, where);
            if (node.get("float64").has("ax")) {
                float[] average = slice.slot(optimizer.averageSlot().orElseThrow());
                JsonNode averages = node.get("float64").get("ax").get(k).get(tensor);
                assertClose(Golden.numbers(averages), average, tolerance, where + ", ax");
            }
        }

        assertState(node, tensor, optimizer, slice, tolerance);
    }

    private static Optimizer optimizer(JsonNode node, int tensor) {
        ObjectNode args = node.get("args").deepCopy();
        args.set("lr", node.get("lrs").get(0).get(tensor));
        return new RecordBinder().bind(type(node), args);
    }

    private static Class<? extends Optimizer> type(JsonNode node) {
        return RecordBinder.find(Optimizers.byName(), node.get("optimizer").asText());
    }

    private static Slice start(Optimizer optimizer, float[] values) {
        float[] params = new float[START + values.length + 2];
        System.arraycopy(values, 0, params, START, values.length);
        float[][] slots = new float[optimizer.slots().size()][params.length];
        Slice slice = new Slice(params, slots, new double[optimizer.scalars().size()], START, values.length);
        optimizer.start(slice);
        return slice;
    }

    private static void step(Optimizer optimizer, Slice slice, JsonNode given, double lr) {
        if (given.isNull()) {
            return;
        }

        float[] gradient = new float[slice.params().length];
        if (!given.has("rows")) {
            float[] values = Golden.floats(given);
            System.arraycopy(values, 0, gradient, START, values.length);
            optimizer.update(slice, gradient, lr, new double[0]);
            return;
        }

        int width = given.get("values").get("shape").get(1).asInt();
        int[] rows = Arrays.stream(Golden.numbers(given.get("rows")))
                .mapToInt(row -> (int) row)
                .toArray();
        float[] values = Golden.floats(given.get("values"));
        for (int i = 0; i < values.length; i++) {
            gradient[START + rows[i / width] * width + i % width] += values[i];
        }

        ((RowOptimizer) optimizer).updateRows(slice, gradient, new Rows(width, rows), lr);
    }

    private static void assertClose(double[] expected, float[] actual, double tolerance, String where) {
        for (int i = 0; i < expected.length; i++) {
            double value = actual[START + i];
            assertTrue(
                    Golden.distance(expected[i], value) <= tolerance,
                    where + ", index=" + i + ", expected=" + expected[i] + ", actual=" + value);
        }
    }

    private static void assertState(JsonNode node, int tensor, Optimizer optimizer, Slice slice, double tolerance) {
        for (Map.Entry<String, JsonNode> entry :
                node.get("float64").get("state").get(tensor).properties()) {
            JsonNode expected = entry.getValue();
            List<String> names = expected.isObject() ? optimizer.slots() : optimizer.scalars();
            String where = node.get("id").asText() + ", state=" + entry.getKey();
            if (expected.isNull()) {
                continue;
            }

            int index = names.indexOf(entry.getKey());
            assertTrue(index >= 0, where + ", names=" + names);
            if (expected.isObject()) {
                assertClose(Golden.numbers(expected), slice.slot(index), tolerance, where);
            } else {
                assertTrue(Golden.distance(Golden.number(expected), slice.scalars()[index]) <= tolerance, where);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatPyTorchRefuses(JsonNode node) {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> new RecordBinder().bind(type(node), node.get("args")));
        assertTrue(error.getMessage().contains("="), error.getMessage());
    }
}
