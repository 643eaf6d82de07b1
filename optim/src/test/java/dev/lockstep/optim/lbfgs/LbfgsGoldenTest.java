package dev.lockstep.optim.lbfgs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.optim.Golden;
import dev.lockstep.optim.RecordBinder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch's float64 runs; rounding errors grow by what the file calls sensitivity. */
class LbfgsGoldenTest {
    private static final double TOLERANCE = 1e-9;
    /** Below this the line search decides by rounding errors, and counts may differ. */
    private static final double CONVERGED = 1e-12;

    static Stream<Named<JsonNode>> values() {
        return cases("value");
    }

    static Stream<Named<JsonNode>> errors() {
        return cases("error");
    }

    private static Stream<Named<JsonNode>> cases(String kind) {
        return Golden.cases("optimizers", kind)
                .filter(named -> named.getPayload().get("optimizer").asText().equals("LBFGS"));
    }

    private static Objective<double[]> objective(JsonNode spec) {
        if (spec.get("function").asText().equals("rosenbrock")) {
            return new Rosenbrock(spec.get("a").asDouble(), spec.get("b").asDouble());
        }

        return new Quadratic(Golden.numbers(spec.get("A")), Golden.numbers(spec.get("b")));
    }

    private static double[] joined(JsonNode tensors) {
        return StreamSupport.stream(tensors.spliterator(), false)
                .flatMapToDouble(tensor -> Arrays.stream(Golden.numbers(tensor)))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("values")
    void followsPyTorch(JsonNode node) {
        double tolerance = TOLERANCE * Math.max(1, node.get("sensitivity").asDouble());
        double[] point = joined(node.get("params"));
        LbfgsRun<double[]> run =
                new LbfgsRun<>(new RecordBinder().bind(Lbfgs.class, node.get("args")), new DoubleVectors(point.length));
        Objective<double[]> objective = objective(node.get("objective"));
        JsonNode expected = node.get("float64");

        boolean converged = false;
        for (int k = 0; k < expected.get("loss").size(); k++) {
            double before = run.step(point, objective);
            assertClose(expected.get("loss").get(k).asDouble(), before, tolerance, node, k);
            double[] points = joined(expected.get("params").get(k));
            for (int i = 0; i < points.length; i++) {
                assertClose(points[i], point[i], tolerance, node, k);
            }

            double[] gradient = new double[point.length];
            objective.evaluate(point, gradient);
            converged = converged || Arrays.stream(gradient).allMatch(g -> Math.abs(g) < CONVERGED * 1e6);
            if (!converged) {
                assertEquals(expected.get("n_iter").get(k).asInt(), run.iterations(), node.get("id") + ", step=" + k);
                assertEquals(
                        expected.get("func_evals").get(k).asInt(), run.evaluations(), node.get("id") + ", step=" + k);
            }
        }
    }

    private static void assertClose(double expected, double actual, double tolerance, JsonNode node, int k) {
        assertTrue(
                Golden.distance(expected, actual) <= tolerance,
                node.get("id").asText() + ", step=" + k + ", expected=" + expected + ", actual=" + actual);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatPyTorchRefuses(JsonNode node) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> {
            new RecordBinder().bind(Lbfgs.class, node.get("args"));
            Lbfgs.requireOneGroup(node.get("groups").asInt());
        });
        assertTrue(error.getMessage().contains("="), error.getMessage());
    }
}
