package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.PredictionKind;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Golden.Case;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Gelu;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Padding;
import dev.lockstep.worker.layer.PaddingMode;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Tanh;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks in bfloat16 against PyTorch's autocast. Another libtorch adds in another order, which may round any value to
 * its neighbour and lets that spread: the tolerance is some steps of 2⁻⁸ at each tensor's largest value.
 */
class AutocastGoldenTest {
    private static final double STEPS = 4;
    private static final Size2d ONE = new Size2d(1);

    private static final Map<String, NetworkSpec> NETWORKS = Map.of(
            "mlp", new NetworkSpec(new Linear(16), new Relu(), new Linear(8), new Tanh(), new Linear(3)),
            "cnn",
                    new NetworkSpec(
                            new Conv2d(4, new Size2d(3)),
                            new Relu(),
                            new MaxPool2d(new Size2d(2)),
                            new Flatten(),
                            new Linear(3)),
            "gelu", new NetworkSpec(new Linear(8), new Gelu(), new Linear(3)),
            "batch norm",
                    new NetworkSpec(
                            new Conv2d(4, new Size2d(3), ONE, Padding.of(0), ONE, 1, false, PaddingMode.ZEROS),
                            new BatchNorm2d(),
                            new Relu(),
                            new Flatten(),
                            new Linear(3)));

    static Stream<Case> cases() {
        return Golden.cases("autocast");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesWhatPyTorchDoes(Case golden) {
        Pass narrow = pass(golden, Precision.BF16, 1);
        check(golden, narrow, "value", "grads", STEPS / 256);
        Pass wide = pass(golden, Precision.FLOAT32, 1);
        check(golden, wide, "float32_value", "float32_grads", 1e-5);
        assertTrue(distance(narrow.predictions, wide.predictions) > 1e-4, "computed in the narrow type");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPowerOfTwoAsALossScaleChangesNoBit(Case golden) {
        Pass plain = pass(golden, Precision.BF16, 1);
        Pass scaled = pass(golden, Precision.BF16, 65536);
        assertEquals(0, distance(plain.gradient, scaled.gradient));
    }

    /** What one pass found. */
    private record Pass(double[] predictions, double[] gradient, List<Parameter> parameters) {}

    private static Pass pass(Case golden, Precision precision, double scale) {
        Values input = Values.of(golden.json().get("input"));
        int examples = input.shape().get(0);
        List<Integer> shape = input.shape().subList(1, input.shape().size());
        Network network = new LayeredNetwork(NETWORKS.get(name(golden)), shape);
        Seen seen = new Seen();
        try (Replica replica = network.replica(seen, new ReplicaSettings(1, Device.CPU, precision))) {
            int at = 0;
            for (Parameter parameter : replica.parameters()) {
                for (double value : values(golden, "state", parameter)) {
                    replica.values().put(at++, (float) value);
                }
            }
            replica.scaleLoss(scale);
            int targets = Values.of(golden.json().get("value")).data().length;
            replica.train(new Examples(examples, floats(input), new float[targets]), 1, new Reports());
            double[] gradient = new double[replica.gradient().capacity()];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = replica.gradient().get(i);
            }
            return new Pass(seen.predictions, gradient, replica.parameters());
        }
    }

    private static void check(Case golden, Pass pass, String value, String grads, double tolerance) {
        assertNear(Values.of(golden.json().get(value)).data(), pass.predictions, tolerance, golden + " " + value);
        int at = 0;
        for (Parameter parameter : pass.parameters) {
            double[] own = new double[parameter.size()];
            System.arraycopy(pass.gradient, at, own, 0, own.length);
            assertNear(values(golden, grads, parameter), own, tolerance, golden + " " + parameter.name());
            at += own.length;
        }
    }

    private static double[] values(Case golden, String field, Parameter parameter) {
        JsonNode node = golden.json().get(field).get(parameter.name());
        return Values.of(node).data();
    }

    private static void assertNear(double[] expected, double[] actual, double tolerance, String what) {
        double largest = 0;
        for (double each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertEquals(0, distance(expected, actual), tolerance * largest, what);
    }

    private static double distance(double[] one, double[] other) {
        assertEquals(one.length, other.length);
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    private static float[][] floats(Values values) {
        float[] floats = new float[values.data().length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.data()[i];
        }
        return new float[][] {floats};
    }

    private static String name(Case golden) {
        return golden.toString().substring(0, golden.toString().lastIndexOf('-'));
    }

    /** {@code Σ (p − t)²} that keeps what it was given. */
    private static final class Seen implements Loss {
        private final SquaredError loss = new SquaredError();
        private double[] predictions;

        @Override
        public List<Role> inputs() {
            return loss.inputs();
        }

        @Override
        public Reduction reduction() {
            return loss.reduction();
        }

        @Override
        public TargetKind targetKind() {
            return loss.targetKind();
        }

        @Override
        public PredictionKind predictionKind() {
            return loss.predictionKind();
        }

        @Override
        public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
            predictions = inputs[0].data().clone();
            return loss.evaluate(inputs, gradients);
        }

        @Override
        public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
            return loss.values(inputs, upstream, gradients);
        }
    }
}
