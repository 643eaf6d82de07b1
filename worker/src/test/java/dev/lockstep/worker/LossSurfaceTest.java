package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.Loss;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.check.GradientCheck;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.check.TensorCheck;
import dev.lockstep.worker.check.TensorCheck.Outcome;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Gru;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Lstm;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Maxout;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Residual;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Tanh;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient check on real networks: it finds nothing where nothing is wrong, and what is wrong where something is.
 */
class LossSurfaceTest {
    private static final GradientCheck CHECK = new GradientCheck(12, 1e-5, 3);

    private record Sound(List<Layer> layers, List<Integer> shape, int outputs) {}

    static List<Sound> sound() {
        List<Layer> block = List.of(new Conv2d(4, new Size2d(3)), new BatchNorm2d(), new Relu());
        List<Layer> shortcut = List.of(new Conv2d(4, new Size2d(3)));
        return List.of(
                new Sound(List.of(new Linear(5), new Tanh(), new Dropout(0.5), new Linear(3)), List.of(6), 3),
                new Sound(List.of(new Linear(8), new BatchNorm1d(), new Relu(), new Linear(2)), List.of(6), 2),
                new Sound(List.of(new Linear(9), new Maxout(3), new Linear(2)), List.of(6), 2),
                new Sound(
                        List.of(
                                new Residual(block, shortcut),
                                new MaxPool2d(new Size2d(2)),
                                new Flatten(),
                                new Linear(2)),
                        List.of(1, 8, 8),
                        2),
                new Sound(List.of(new Lstm(4), new Gru(3), new Flatten(), new Linear(2)), List.of(5, 3), 2));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void findsNothingWhereNothingIsWrong(Sound sound) {
        int features = sound.shape().stream().reduce(1, Math::multiplyExact);
        Network network = new LayeredNetwork(new NetworkSpec(sound.layers()), sound.shape());
        List<TensorCheck> checks =
                check(network, new SquaredError(), TorchReplicaTest.share(7, features, sound.outputs()));

        assertEquals(network.parameters().size(), checks.size());
        for (TensorCheck check : checks) {
            // A bias in front of a batch norm has no effect.
            assertTrue(check.outcome() == Outcome.RIGHT || check.outcome() == Outcome.FLAT, check::toString);
            assertTrue(check.error() < 1e-5, check::toString);
        }
        assertTrue(checks.stream().filter(c -> c.outcome() == Outcome.FLAT).count() <= 2, checks::toString);
    }

    @Test
    void findsALossWhoseDerivativeIsAThousandthOff() {
        Network network = new LayeredNetwork(new NetworkSpec(new Linear(4), new Tanh(), new Linear(2)), List.of(3));
        List<TensorCheck> checks = check(network, new WrongSlope(), TorchReplicaTest.share(7, 3, 2));

        for (TensorCheck check : checks) {
            assertEquals(Outcome.WRONG, check.outcome(), check::toString);
            assertTrue(check.error() > 1e-5 && check.error() < 0.1, check::toString);
        }
        for (int i = 1; i < checks.size(); i++) {
            assertTrue(checks.get(i - 1).error() >= checks.get(i).error(), "the worst comes first");
        }
    }

    @Test
    void leavesOutThePaddingOfAnEmbedding() {
        Layer words = new Embedding(4, 2, /* paddingIdx */ 0, /* scaleGradByFreq */ false, /* sparse */ false);
        Network network = new LayeredNetwork(new NetworkSpec(words, new Flatten(), new Linear(2)), List.of(3));
        Examples share = new Examples(3, new float[][] {{0, 1, 2, 0, 3, 1, 2, 2, 0}}, new float[] {1, 0, 0, 1, 1, 1});
        for (TensorCheck check : check(network, new SquaredError(), share)) {
            assertEquals(Outcome.RIGHT, check.outcome(), check::toString);
        }
    }

    @Test
    void moreGroupsOfFeaturesGoThroughOneNetwork() {
        Network network = new LayeredNetwork(new NetworkSpec(new Linear(2), new Tanh()), List.of(3));
        float[] one = TorchReplicaTest.share(5, 3, 1).features()[0];
        float[] other = TorchReplicaTest.share(5, 3, 4).features()[0];
        for (int i = 0; i < other.length; i++) {
            other[i] = -other[i] * i / 7;
        }
        Examples pairs = new Examples(5, new float[][] {one, other}, new float[] {1, -1, 1, 1, -1});
        for (TensorCheck check : check(network, new dev.lockstep.losses.CosineEmbedding(), pairs)) {
            assertEquals(Outcome.RIGHT, check.outcome(), check::toString);
        }
    }

    @Test
    void takesAProgramToDoublePrecision() throws IOException {
        Network network = new TorchScriptNetwork(program("images"), List.of(2, 6, 6));
        for (TensorCheck check : check(network, new SquaredError(), TorchReplicaTest.share(5, 72, 4))) {
            assertTrue(check.error() < 1e-5, check::toString);
        }
    }

    @Test
    void findsTheGradientOfAProgramThatPretends() throws IOException {
        Network network = new TorchScriptNetwork(program("rounded"), List.of(3));
        Map<String, Outcome> outcomes = check(network, new SquaredError(), TorchReplicaTest.share(5, 3, 2)).stream()
                .collect(Collectors.toMap(check -> check.parameter().name(), TensorCheck::outcome));
        assertEquals(
                Map.of(
                        "inner.weight", Outcome.WRONG,
                        "inner.bias", Outcome.WRONG,
                        "out.weight", Outcome.RIGHT,
                        "out.bias", Outcome.RIGHT),
                outcomes);
    }

    @Test
    void saysThatAProgramInsistsOnFloat32() throws IOException {
        Network network = new TorchScriptNetwork(program("narrow"), List.of(3));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> check(network, new SquaredError(), TorchReplicaTest.share(5, 3, 2)));
        assertEquals(
                "The network does not compute in one type of values: parameters=Double, predictions=Float",
                refusal.getMessage());
    }

    private static List<TensorCheck> check(Network network, Loss loss, Examples share) {
        try (LossSurface surface = network.lossSurface(loss, share, /* seed */ 5, /* threads */ 1)) {
            for (int i = 0, at = 0; i < network.parameters().size(); i++) {
                ParameterInit init = network.parameters().get(i);
                Parameter parameter = init.parameter();
                for (float value : init.byDefault().values(parameter, 7)) {
                    surface.values().put(at++, value);
                }
            }
            return CHECK.run(surface, check -> {});
        }
    }

    private static byte[] program(String name) throws IOException {
        try (InputStream stream = LossSurfaceTest.class.getResourceAsStream("/torchscript/" + name + ".pt")) {
            return stream.readAllBytes();
        }
    }
}
