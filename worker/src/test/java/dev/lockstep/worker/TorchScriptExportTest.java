package dev.lockstep.worker;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.losses.Mse;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Dropout2d;
import dev.lockstep.worker.layer.Elu;
import dev.lockstep.worker.layer.Gelu;
import dev.lockstep.worker.layer.Hardsigmoid;
import dev.lockstep.worker.layer.Hardtanh;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Layers;
import dev.lockstep.worker.layer.LeakyRelu;
import dev.lockstep.worker.layer.LogSigmoid;
import dev.lockstep.worker.layer.LogSoftmax;
import dev.lockstep.worker.layer.Maxout;
import dev.lockstep.worker.layer.Mish;
import dev.lockstep.worker.layer.ParameterInit;
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
import dev.lockstep.worker.layer.Unit;
import dev.lockstep.worker.safetensors.DType;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer, written as TorchScript with random weights, predicts what it predicts here: in libtorch, and in PyTorch.
 */
class TorchScriptExportTest {
    private static final int EXAMPLES = 3;
    private static final double TOLERANCE = 1e-6;

    /** Layers without a state of their own, that the golden cases leave out. */
    private static final Map<String, Layer> STATELESS = Map.ofEntries(
            entry("relu", new Relu()),
            entry("leaky_relu", new LeakyRelu(0.3)),
            entry("elu", new Elu(1.5)),
            entry("selu", new Selu()),
            entry("gelu", new Gelu()),
            entry("gelu tanh", new Gelu(Gelu.Approximation.TANH)),
            entry("silu", new Silu()),
            entry("mish", new Mish()),
            entry("sigmoid", new Sigmoid()),
            entry("scaled_sigmoid", new ScaledSigmoid()),
            entry("log_sigmoid", new LogSigmoid()),
            entry("hardsigmoid", new Hardsigmoid()),
            entry("tanh", new Tanh()),
            entry("hardtanh", new Hardtanh(-0.4, 0.7)),
            entry("hardtanh without a bound", new Hardtanh(Double.NEGATIVE_INFINITY, 0.2)),
            entry("softplus", new Softplus(2, 1)),
            entry("softsign", new Softsign()),
            entry("softmax", new Softmax()),
            entry("softmax over the last", new Softmax(-1)),
            entry("log_softmax", new LogSoftmax()),
            entry("maxout of channels", new Maxout(2, 1)),
            entry("maxout", new Maxout(3)),
            entry("dropout", new Dropout()),
            entry("dropout2d", new Dropout2d()));

    @TempDir
    private static Path folder;

    private record Case(String name, Layer layer, List<Integer> input) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        LayersGoldenTest.cases().forEach(stored -> {
            List<Integer> shape = Golden.Values.of(stored.json().get("input")).shape();
            cases.add(new Case(
                    stored.toString(), LayersGoldenTest.LAYERS.get(stored.toString()), shape.subList(1, shape.size())));
        });
        STATELESS.forEach((name, layer) -> cases.add(new Case(name, layer, List.of(4, 2, 6))));
        cases.add(new Case("batch_norm1d", new BatchNorm1d(1e-3, null, true, true, false), List.of(5)));
        return cases.stream();
    }

    @Test
    void everyLayerOfTheCatalogueIsHere() throws IOException {
        Set<Class<?>> seen = new HashSet<>();
        cases().forEach(each -> seen.add(each.layer().getClass()));

        assertEquals(
                List.of(),
                Layers.byName().values().stream()
                        .filter(layer -> !seen.contains(layer))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictsTheSameWhenItIsReadBack(Case layer) throws IOException {
        Written written = Written.of(layer, folder);

        TorchScriptNetwork back = new TorchScriptNetwork(Files.readAllBytes(written.file()), layer.input());
        assertEquals(written.network().outputShape(), back.outputShape());
        Map<String, Parameter> names = new HashMap<>();
        written.network()
                .parameters()
                .forEach(init -> names.put(init.parameter().name(), init.parameter()));
        back.parameters()
                .forEach(init -> assertEquals(names.remove(init.parameter().name()), init.parameter()));
        assertTrue(names.isEmpty(), names::toString);

        assertClose(written.predictions(), predictions(back, stored(back), written.input()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aScriptThatWasTrainedIsWrittenWithItsNewValues(Case layer) throws IOException {
        Written written = Written.of(layer, folder);
        TorchScriptNetwork script = new TorchScriptNetwork(Files.readAllBytes(written.file()), layer.input());
        List<NamedValues> trained = drawn(script, /* seed */ 2);
        Path file = folder.resolve("trained.pt");
        script.writeTorchScript(trained, file);

        TorchScriptNetwork back = new TorchScriptNetwork(Files.readAllBytes(file), layer.input());
        assertClose(predictions(script, trained, written.input()), predictions(back, stored(back), written.input()));
    }

    @Test
    @Tag("process")
    void predictsTheSameInPython() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python) && exitCode(python, "-c", "import torch") == 0, "needs PyTorch");
        List<String> lines = new ArrayList<>();
        for (Case layer : cases().toList()) {
            lines.add(Written.of(layer, folder).line());
        }
        Path list = Files.write(folder.resolve("cases.json"), lines);
        Path script = folder.resolve("compare.py");
        try (var source = TorchScriptExportTest.class.getResourceAsStream("/torchscript/compare.py")) {
            Files.write(script, source.readAllBytes());
        }

        assertEquals(0, exitCode(python, script.toString(), list.toString(), Double.toString(TOLERANCE)));
    }

    @Test
    void aLayerOfAnotherKindIsRefused() {
        Layer own = (input, scope) -> new Unit(input, (x, pass) -> x);
        LayeredNetwork network = new LayeredNetwork(new NetworkSpec(List.of(new Tanh(), own, new Prelu())), List.of(2));

        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> network.writeTorchScript(drawn(network, /* seed */ 1), folder.resolve("own.pt")))
                .getMessage();
        assertTrue(said.startsWith("Layer cannot be written as TorchScript: layer=1 ("), said);
    }

    private static int exitCode(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /**
     * A case's network with random values, the file that was written of it, and what it predicts for random examples.
     */
    private record Written(LayeredNetwork network, Path file, float[] input, double[] predictions) {
        static Written of(Case layer, Path folder) {
            // A network has to have a parameter.
            NetworkSpec spec = new NetworkSpec(List.of(layer.layer(), new Prelu()));
            LayeredNetwork network = new LayeredNetwork(spec, layer.input());
            Path file = folder.resolve(layer.name().replace(' ', '-') + ".pt");
            List<NamedValues> tensors = drawn(network, /* seed */ 1);
            network.writeTorchScript(tensors, file);
            int size = EXAMPLES * layer.input().stream().reduce(1, Math::multiplyExact);
            float[] input = layer.name().startsWith("embedding") ? indices(size) : draws(size, 3);
            return new Written(network, file, input, TorchScriptExportTest.predictions(network, tensors, input));
        }

        /** As a line for compare.py. */
        String line() {
            List<Integer> shape = new ArrayList<>(network.inputShape());
            shape.add(0, EXAMPLES);
            return "{\"file\": \"" + file + "\", \"shape\": " + shape + ", \"input\": " + Arrays.toString(input)
                    + ", \"output\": " + Arrays.toString(predictions) + "}";
        }
    }

    private static List<NamedValues> drawn(Network network, long seed) {
        List<NamedValues> tensors = new ArrayList<>();
        for (ParameterInit init : network.parameters()) {
            tensors.add(new NamedValues(init.parameter(), drawn(init.parameter(), seed)));
        }
        for (BufferInit init : network.buffers()) {
            boolean counter = init.buffer().name().endsWith("num_batches_tracked");
            tensors.add(new NamedValues(init.buffer(), drawn(init.buffer(), seed), counter ? DType.I64 : DType.F32));
        }
        return tensors;
    }

    /** A variance is positive, a counter whole. */
    private static FloatBuffer drawn(Parameter tensor, long seed) {
        float[] drawn = draws(tensor.size(), seed + tensor.name().hashCode());
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = tensor.name().endsWith("running_var")
                    ? Math.abs(drawn[i]) + 0.1f
                    : tensor.name().endsWith("num_batches_tracked") ? 3 : drawn[i];
        }
        return FloatBuffer.wrap(drawn);
    }

    /** What a file holds. */
    private static List<NamedValues> stored(TorchScriptNetwork network) {
        List<NamedValues> tensors = new ArrayList<>();
        network.parameters()
                .forEach(init -> tensors.add(new NamedValues(
                        init.parameter(), FloatBuffer.wrap(init.byDefault().values(init.parameter(), /* seed */ 0)))));
        network.buffers().forEach(init -> tensors.add(new NamedValues(init.buffer(), FloatBuffer.wrap(init.values()))));
        return tensors;
    }

    private static double[] predictions(Network network, List<NamedValues> tensors, float[] input) {
        try (Replica replica = network.replica(new Mse(), new ReplicaSettings(1, Device.CPU))) {
            FloatBuffer values = replica.values().duplicate();
            FloatBuffer buffers = replica.bufferValues().duplicate();
            for (NamedValues tensor : tensors) {
                (values.hasRemaining() ? values : buffers).put(tensor.values().duplicate());
            }
            return replica.predict(new Examples(EXAMPLES, new float[][] {input}, new float[EXAMPLES]))
                    .data();
        }
    }

    private static float[] draws(int count, long seed) {
        Random random = new Random(seed);
        float[] draws = new float[count];
        for (int i = 0; i < count; i++) {
            draws[i] = random.nextFloat() * 2 - 1;
        }
        return draws;
    }

    private static float[] indices(int count) {
        float[] indices = new float[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i % 5;
        }
        return indices;
    }

    private static void assertClose(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE * Math.max(1, Math.abs(expected[i])));
        }
    }
}
