package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every loss against PyTorch's values, gradients and refusals; {@code -Dgolden.dir=PATH} takes others. */
class LossGoldenTest {
    @Test
    void everyLossHasCasesOfBothKinds() throws IOException {
        for (boolean error : new boolean[] {false, true}) {
            Set<String> seen = GoldenCase.all().stream()
                    .filter(each -> each.isError() == error)
                    .map(GoldenCase::lossName)
                    .collect(Collectors.toSet());
            assertEquals(new TreeSet<>(Losses.byName().keySet()), new TreeSet<>(seen));
        }
    }

    @TestFactory
    Stream<DynamicTest> agreesWithPyTorch() throws IOException {
        return GoldenCase.all().stream()
                .filter(each -> !each.isError())
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatPyTorchRefuses() throws IOException {
        return GoldenCase.all().stream()
                .filter(GoldenCase::isError)
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    Exception refused = assertThrows(IllegalArgumentException.class, () -> run(each, Set.of()));
                    assertTrue(refused.getMessage().matches("(?s).+: .*=.*"), refused.getMessage());
                    assertNotEquals(each.node().get("error").get("message").asText(), refused.getMessage());
                }));
    }

    private static void check(GoldenCase golden) throws ReflectiveOperationException {
        Map<String, Tensor> expected =
                golden.hasTag("overflow") ? StableSoftMargin.gradients(golden) : golden.gradients();
        Tensor value = golden.hasTag("overflow") ? StableSoftMargin.value(golden) : golden.value();
        // CTC's derivative by the logits is checked in CtcTest; here it is the same as that by the log-probabilities.
        Outcome actual = run(golden, expected.keySet());

        assertClose("value", value, actual.value);
        expected.forEach((name, gradient) ->
                assertClose(name, gradient, actual.gradients.get(name.equals("logits") ? "log_probs" : name)));
        assertClose("value alone", actual.value, run(golden, Set.of()).value);
    }

    private record Outcome(Tensor value, Map<String, Tensor> gradients) {}

    private static Outcome run(GoldenCase golden, Set<String> wanted) throws ReflectiveOperationException {
        Loss loss = Binding.bind(Losses.byName().get(golden.lossName()), golden.args());
        Map<String, Tensor> inputs = golden.inputs();
        Map<String, Tensor> gradients = inputs.entrySet().stream()
                .filter(input -> wanted.contains(input.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, input -> garbage(input.getValue())));
        Tensor[] in = inputs.values().toArray(new Tensor[0]);
        Tensor[] out = inputs.keySet().stream().map(gradients::get).toArray(Tensor[]::new);
        Tensor value = golden.reduction().equals("none")
                ? loss.values(in, golden.upstream(), out)
                : Tensor.of(new double[] {loss.reduce(in, out)});
        return new Outcome(value, gradients);
    }

    /** Gradients are overwritten, whatever was there. */
    private static Tensor garbage(Tensor input) {
        Tensor result = Tensor.zeros(input.shape());
        Arrays.fill(result.data(), 17);
        return result;
    }

    private static void assertClose(String name, Tensor expected, Tensor actual) {
        assertEquals(List.of(box(expected.shape())), List.of(box(actual.shape())), name);
        for (int i = 0; i < expected.size(); i++) {
            double e = expected.data()[i];
            double a = actual.data()[i];
            boolean close =
                    e == a || Double.isNaN(e) && Double.isNaN(a) || Math.abs(a - e) <= 1e-9 * Math.max(1, Math.abs(e));
            assertTrue(close, name + expected.position(i) + ": expected=" + e + ", actual=" + a);
        }
    }

    private static List<Integer> box(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
