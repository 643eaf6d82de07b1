package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.ScriptScope;
import dev.lockstep.worker.layer.Unit;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import dev.lockstep.worker.torchscript.UntrustedScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that golden/torchscript.py wrote, against what PyTorch computes with them. */
class TorchScriptTest {
    private static final double TOLERANCE = 1e-5;
    private static final List<Integer> IMAGE = List.of(2, 6, 6);
    private static final List<Integer> SENTENCE = List.of(6);

    @Test
    void keepsTheProgramsOwnNames() throws IOException {
        Network network = new TorchScriptNetwork(program("images"), IMAGE);
        assertEquals(
                List.of("conv.weight", "conv.bias", "norm.weight", "norm.bias", "out.weight", "out.bias"),
                network.parameters().stream().map(p -> p.parameter().name()).toList());
        assertEquals(
                List.of("norm.running_mean", "norm.running_var", "norm.num_batches_tracked"),
                network.buffers().stream().map(b -> b.buffer().name()).toList());
        assertEquals(List.of(4), network.outputShape());
    }

    @Test
    void computesAsPyTorch() throws IOException {
        JsonNode expected = json("images");
        Network network = new TorchScriptNetwork(program("images"), IMAGE);
        try (Replica replica = started(network)) {
            Values upstream = Values.of(expected.get("upstream"));
            Examples share = new Examples(5, new float[][] {input(expected)}, floats(upstream.data()));
            double sum = replica.train(share, 1, new Reports()).sum();
            double[] output = Values.of(expected.get("output")).data();
            double wanted = 0;
            for (int i = 0; i < output.length; i++) {
                wanted += output[i] * upstream.data()[i];
            }
            assertEquals(wanted, sum, TOLERANCE * Math.max(1, Math.abs(wanted)));

            int start = 0;
            for (Parameter parameter : replica.parameters()) {
                double[] gradient = slice(replica.gradient(), start, parameter.size());
                double[] reference =
                        Values.of(expected.get("grads").get(parameter.name())).data();
                assertClose(reference, gradient, TOLERANCE, parameter.name());
                start += parameter.size();
            }
            // The running statistics moved with the training step, and the count of batches with them.
            double[] evaluation = Values.of(expected.get("evaluation")).data();
            assertClose(evaluation, replica.predict(share).data(), TOLERANCE, "evaluation");
            assertEquals(1, replica.bufferValues().get(replica.bufferValues().capacity() - 1));
        }
    }

    @Test
    void takesWholeNumbersWhereTheProgramWantsThem() throws IOException {
        JsonNode expected = json("words");
        Network network = new TorchScriptNetwork(program("words"), SENTENCE);
        assertTrue(network.buffers().stream().anyMatch(b -> b.buffer().name().equals("words.weight")), "frozen weight");
        assertFalse(
                network.parameters().stream().anyMatch(p -> p.parameter().name().equals("words.weight")));
        try (Replica replica = started(network)) {
            Examples share = new Examples(5, new float[][] {input(expected)}, new float[10]);
            double[] evaluation = Values.of(expected.get("evaluation")).data();
            assertClose(evaluation, replica.predict(share).data(), TOLERANCE, "evaluation");
        }
    }

    @Test
    void dropsTheSameValuesUnderTheSameSeed() throws IOException {
        Network network = new TorchScriptNetwork(program("words"), SENTENCE);
        try (Replica replica = started(network)) {
            float[] ones = new float[10];
            Arrays.fill(ones, 1);
            Examples share = new Examples(5, new float[][] {input(json("words"))}, ones);
            double first = replica.train(share, 1, new Reports()).sum();
            double other = replica.train(share, 2, new Reports()).sum();
            assertEquals(first, replica.train(share, 1, new Reports()).sum());
            assertFalse(first == other, "the seed has no effect");
        }
    }

    @Test
    void survivesSerialization() throws Exception {
        Network network = Copies.serialized(new TorchScriptNetwork(program("images"), IMAGE));
        try (Replica replica = started(network);
                Replica original = started(new TorchScriptNetwork(program("images"), IMAGE))) {
            Examples share = TorchReplicaTest.share(3, 72, 4);
            assertArrayEquals(
                    original.predict(share).data(), replica.predict(share).data());
        }
    }

    @Test
    void refusesWhatIsNoProgram() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new TorchScriptNetwork(new byte[] {1, 2, 3}, IMAGE));
        assertTrue(
                refusal.getMessage().startsWith("TorchScript cannot be read: bytes=3, reason="), refusal.getMessage());
    }

    /** {@code y = x + the numbers in a file}, which is made if it is not there. */
    private record FromFile(String path) implements Layer {
        @Override
        public Unit unit(List<Integer> input, Scope scope) {
            return new Unit(input, (x, pass) -> x);
        }

        @Override
        public String torchScript(List<Integer> input, String x, ScriptScope script) {
            return script.let(x + " + torch.from_file(\"" + path + "\", True, 2)");
        }
    }

    @Test
    void aProgramThatReachesForFilesRunsOnlyIfItIsTrusted(@TempDir Path folder) throws IOException {
        Path reached = folder.resolve("reached");
        Path file = folder.resolve("net.pt");
        LayeredNetwork layers =
                new LayeredNetwork(new NetworkSpec(new Linear(2), new FromFile(reached.toString())), List.of(3));
        List<NamedValues> values = layers.parameters().stream()
                .map(init -> new NamedValues(
                        init.parameter(), FloatBuffer.allocate(init.parameter().size())))
                .toList();
        layers.writeTorchScript(values, file);
        byte[] program = Files.readAllBytes(file);

        String said = assertThrows(UntrustedScriptException.class, () -> new TorchScriptNetwork(program, List.of(3)))
                .getMessage();
        assertTrue(
                said.startsWith("TorchScript has an operator that reads or writes files: found=from_file, in="), said);
        assertFalse(Files.exists(reached));

        new TorchScriptNetwork(program, List.of(3), /* trusted */ true);
        assertTrue(Files.exists(reached));
    }

    @Test
    void refusesIndicesThatAreNoWholeNumbers() throws IOException {
        Network network = new TorchScriptNetwork(program("words"), SENTENCE);
        try (Replica replica = started(network)) {
            Examples share = new Examples(2, new float[][] {{0, 1, 2, 1, 2, 0, 1, 2.5f, 0, 0, 1, 1}}, new float[0]);
            String said = assertThrows(IllegalArgumentException.class, () -> replica.predict(share))
                    .getMessage();
            assertEquals("Index must be a whole number: layer=torchscript, example=1, position=1, value=2.5", said);
        }
    }

    @Test
    void refusesExamplesOfAnotherShape() throws IOException {
        byte[] program = program("images");
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new TorchScriptNetwork(program, List.of(3, 6, 6)));
        assertTrue(
                refusal.getMessage()
                        .startsWith("TorchScript does not take such examples: shape of one=[3, 6, 6], reason="),
                refusal.getMessage());
    }

    private static Replica started(Network network) {
        Replica replica = network.replica(new Projection(), new ReplicaSettings());
        FloatBuffer values = replica.values();
        for (ParameterInit init : network.parameters()) {
            values.put(init.byDefault().values(init.parameter(), 1));
        }
        FloatBuffer buffers = replica.bufferValues();
        for (BufferInit init : network.buffers()) {
            float[] expected = init.values();
            float[] there = new float[expected.length];
            buffers.get(there);
            assertArrayEquals(expected, there, init.buffer().name());
        }

        return replica;
    }

    private static double[] slice(FloatBuffer values, int start, int count) {
        double[] slice = new double[count];
        for (int i = 0; i < count; i++) {
            slice[i] = values.get(start + i);
        }

        return slice;
    }

    private static float[] input(JsonNode json) {
        return floats(Values.of(json.get("input")).data());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }

        return floats;
    }

    private static byte[] program(String name) throws IOException {
        try (InputStream stream = TorchScriptTest.class.getResourceAsStream("/torchscript/" + name + ".pt")) {
            return stream.readAllBytes();
        }
    }

    private static JsonNode json(String name) throws IOException {
        try (InputStream in = TorchScriptTest.class.getResourceAsStream("/torchscript/" + name + ".json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
