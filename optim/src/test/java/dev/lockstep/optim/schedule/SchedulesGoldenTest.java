package dev.lockstep.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.optim.Golden;
import dev.lockstep.optim.RecordBinder;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch's rates. Its recursive forms gather rounding errors that the closed ones do not have. */
class SchedulesGoldenTest {
    private static final double TOLERANCE = 1e-12;
    /** Fine enough for the fractional epochs that some cases name. */
    private static final int STEPS_PER_EPOCH = 1 << 20;

    static Stream<Named<JsonNode>> values() {
        return Golden.cases("schedules", "value");
    }

    static Stream<Named<JsonNode>> errors() {
        return Golden.cases("schedules", "error");
    }

    static Schedule bind(JsonNode node) {
        Class<? extends Schedule> type =
                RecordBinder.find(Schedules.byName(), node.get("scheduler").asText());
        ObjectNode args = node.get("args").deepCopy();
        if (node.has("epoch_values")) {
            args.put("per", "fraction");
        }

        return new RecordBinder((part, wanted) -> bind(part)).bind(type, args);
    }

    @Test
    void allSchedulersOfPyTorchAreCovered() {
        Set<String> covered = new HashSet<>();
        values().forEach(
                        named -> covered.add(named.getPayload().get("scheduler").asText()));
        assertEquals(12, covered.size(), covered.toString());
    }

    @ParameterizedTest
    @MethodSource("values")
    void followsPyTorch(JsonNode node) {
        Schedule schedule = bind(node);
        double[] base = Golden.numbers(node.get("base_lr"));
        schedule.requireReady(base.length);
        ReduceLrOnPlateau.State state =
                schedule.plateau().map(ReduceLrOnPlateau::start).orElse(null);

        for (int t = 0; t < node.get("lrs").size(); t++) {
            if (state != null && t > 0) {
                state = schedule.plateau()
                        .orElseThrow()
                        .next(state, Golden.number(node.get("metrics").get(t - 1)));
            }

            Progress at = progress(node, t, state == null ? 0 : state.reductions());
            for (int group = 0; group < base.length; group++) {
                double expected = node.get("lrs").get(t).get(group).asDouble();
                assertClose(expected, schedule.lr(group, base[group], at), node, t);
            }
            if (node.has("momentum")) {
                double expected = node.get("momentum").get(t).asDouble();
                assertClose(expected, schedule.momentum(0, at).orElseThrow(), node, t);
            }
        }
    }

    private static Progress progress(JsonNode node, int t, int reductions) {
        if (node.has("epoch_values") && t > 0) {
            double epoch = node.get("epoch_values").get(t - 1).asDouble();
            return new Progress(Math.round(epoch * STEPS_PER_EPOCH), STEPS_PER_EPOCH);
        }

        return new Progress(t, 1, reductions);
    }

    private static void assertClose(double expected, double actual, JsonNode node, int t) {
        assertTrue(
                Golden.distance(expected, actual) <= TOLERANCE,
                node.get("id").asText() + ", t=" + t + ", expected=" + expected + ", actual=" + actual);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatPyTorchRefuses(JsonNode node) {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> bind(node).requireReady(2));
        assertTrue(error.getMessage().contains("="), error.getMessage());
    }
}
