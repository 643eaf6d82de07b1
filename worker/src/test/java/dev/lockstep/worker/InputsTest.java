package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Mse;
import dev.lockstep.worker.Golden.Case;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.CategoryTable;
import dev.lockstep.worker.layer.ConcatMeeting;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.DotMeeting;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Input;
import dev.lockstep.worker.layer.Inputs;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Meeting;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.SumMeeting;
import dev.lockstep.worker.layer.Tanh;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of numbers and categories against what golden/inputs.py made with PyTorch, here and as TorchScript. */
class InputsTest {
    private static final CategoryTable CITY = new CategoryTable("city", 5, 3, false);
    private static final CategoryTable DEVICE = new CategoryTable("device", 3, 2, false);

    private static final Map<String, NetworkSpec> NETWORKS = Map.ofEntries(
            entry(
                    "side by side",
                    new NetworkSpec(
                            Inputs.sideBySide(List.of(2), List.of(CITY, DEVICE)),
                            List.of(new Linear(4), new Tanh(), new Linear(2)))),
            entry(
                    "categories alone",
                    new NetworkSpec(Inputs.sideBySide(List.of(0), List.of(CITY, DEVICE)), List.of(new Linear(1)))),
            entry(
                    "wide and deep",
                    network(
                            3,
                            List.of(CITY, DEVICE),
                            new SumMeeting(),
                            List.of(),
                            new Input("wide", List.of(), List.of(0, 1), 1, List.of()),
                            new Input(
                                    "deep",
                                    List.of(0, 2),
                                    List.of(0, 1),
                                    0,
                                    List.of(new Linear(4), new Tanh(), new Linear(1))))),
            entry(
                    "dlrm",
                    network(
                            3,
                            List.of(table("c0", 4), table("c1", 5), table("c2", 2)),
                            new DotMeeting(List.of("dense")),
                            List.of(new Linear(2)),
                            new Input("dense", List.of(0, 1, 2), List.of(), 0, List.of(new Linear(3), new Tanh())),
                            new Input("sparse", List.of(), List.of(0, 1, 2), 0, List.of()))),
            entry(
                    "factors",
                    network(
                            0,
                            List.of(table("user", 6), table("item", 4)),
                            new DotMeeting(),
                            List.of(),
                            new Input("both", List.of(), List.of(0, 1), 0, List.of()))),
            entry(
                    "an image and a category",
                    new NetworkSpec(
                            new Inputs(
                                    List.of(1, 4, 4),
                                    List.of(new CategoryTable("place", 3, 2, false)),
                                    List.of(
                                            new Input(
                                                    "image",
                                                    IntStream.range(0, 16)
                                                            .boxed()
                                                            .toList(),
                                                    List.of(),
                                                    0,
                                                    List.of(new Conv2d(2, new Size2d(3)), new Flatten())),
                                            new Input("place", List.of(), List.of(0), 0, List.of())),
                                    new ConcatMeeting()),
                            List.of(new Linear(2)))));

    @TempDir
    private static Path folder;

    private static CategoryTable table(String name, int rows) {
        return new CategoryTable(name, rows, 3, false);
    }

    private static NetworkSpec network(
            int numbers, List<CategoryTable> tables, Meeting meeting, List<Layer> layers, Input... inputs) {
        return new NetworkSpec(new Inputs(List.of(numbers), tables, List.of(inputs), meeting), layers);
    }

    static Stream<Case> cases() throws IOException {
        JsonNode root = new ObjectMapper().readTree(InputsTest.class.getResource("/layers/inputs.json"));
        return StreamSupport.stream(root.get("cases").spliterator(), false).map(Case::new);
    }

    @Test
    void everyNetworkIsStored() throws IOException {
        assertEquals(
                NETWORKS.keySet().stream().sorted().toList(),
                cases().map(Case::toString).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Case stored) {
        JsonNode json = stored.json();
        Values input = Values.of(json.get("input"));
        LayerProbe probe = new LayerProbe(
                NETWORKS.get(stored.toString()), List.of(input.shape().get(1)));
        List<String> names = new ArrayList<>();
        json.get("state").fields().forEachRemaining(each -> {
            names.add(each.getKey());
            probe.set(each.getKey(), Values.of(each.getValue()));
        });
        assertEquals(names, probe.parameterNames(), "order of state_dict");

        double[] output = probe.run(input, Values.of(json.get("upstream")).data(), /* training */ true);
        assertClose(Values.of(json.get("output")).data(), output, 1e-9, "output");
        assertEquals(List.of(Values.of(json.get("output")).shape().get(1)), probe.outputShape());
        json.get("grads")
                .fields()
                .forEachRemaining(each -> assertClose(
                        Values.of(each.getValue()).data(), probe.gradient(each.getKey()), 1e-9, each.getKey()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictsTheSameAsTorchScript(Case stored) throws IOException {
        Path file = written(stored);
        float[] input = floats(Values.of(stored.json().get("input")).data());
        int width = Values.of(stored.json().get("input")).shape().get(1);
        TorchScriptNetwork back = new TorchScriptNetwork(Files.readAllBytes(file), List.of(width));
        List<FloatBuffer> values = back.parameters().stream()
                .map(init -> FloatBuffer.wrap(init.byDefault().values(init.parameter(), /* seed */ 0)))
                .toList();
        try (Replica replica = back.replica(new Mse(), new ReplicaSettings())) {
            FloatBuffer all = replica.values().duplicate();
            values.forEach(all::put);
            int count = input.length / width;
            assertClose(
                    Values.of(stored.json().get("output")).data(),
                    replica.predict(new Examples(count, new float[][] {input}, new float[count]))
                            .data(),
                    1e-5,
                    "output");
        }
    }

    @Test
    @Tag("process")
    void predictsTheSameInPython() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python) && exitCode(python, "-c", "import torch") == 0, "needs PyTorch");
        List<String> lines = new ArrayList<>();
        for (Case stored : cases().toList()) {
            JsonNode input = stored.json().get("input");
            lines.add("{\"file\": \"" + written(stored) + "\", \"shape\": " + input.get("shape") + ", \"input\": "
                    + input.get("data") + ", \"output\": "
                    + stored.json().get("output").get("data") + "}");
        }
        Path list = Files.write(folder.resolve("cases.json"), lines);
        Path script = folder.resolve("compare.py");
        try (var source = InputsTest.class.getResourceAsStream("/torchscript/compare.py")) {
            Files.write(script, source.readAllBytes());
        }
        assertEquals(0, exitCode(python, script.toString(), list.toString(), "1e-5"));
    }

    private static int exitCode(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** As TorchScript, with the stored values. */
    private static Path written(Case stored) {
        int width = Values.of(stored.json().get("input")).shape().get(1);
        LayeredNetwork network = new LayeredNetwork(NETWORKS.get(stored.toString()), List.of(width));
        List<NamedValues> tensors = new ArrayList<>();
        for (ParameterInit init : network.parameters()) {
            JsonNode values = stored.json().get("state").get(init.parameter().name());
            tensors.add(new NamedValues(
                    init.parameter(), FloatBuffer.wrap(floats(Values.of(values).data()))));
        }
        Path file = folder.resolve(stored.toString().replace(' ', '-') + ".pt");
        network.writeTorchScript(tensors, file);
        return file;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void theUnknownCategoryStartsAsZeroAndIsTrained() {
        NetworkSpec spec = new NetworkSpec(Inputs.sideBySide(List.of(0), List.of(CITY)), List.of(new Linear(1)));
        ParameterInit init = new LayeredNetwork(spec, List.of(1)).parameters().get(0);
        float[] values = init.byDefault().values(init.parameter(), /* seed */ 3);
        assertArrayEquals(new float[3], Arrays.copyOf(values, 3));
        assertTrue(IntStream.range(3, 15).noneMatch(i -> values[i] == 0), () -> Arrays.toString(values));
        assertTrue(init.isTrained(0));
    }

    @Test
    void sparseVectorsReportTheRowsOfTheShare() {
        NetworkSpec spec = new NetworkSpec(
                Inputs.sideBySide(List.of(1), List.of(new CategoryTable("city", 50, 2, true))), List.of(new Linear(1)));
        List<int[]> rows = new ArrayList<>();
        try (Replica replica = new LayeredNetwork(spec, List.of(2)).replica(new Mse(), new ReplicaSettings())) {
            float[] examples = {0.5f, 7, 0.25f, 3, 1, 7};
            replica.train(new Examples(3, new float[][] {examples}, new float[3]), 1, new GradientSink() {
                @Override
                public void started(LossSum loss) {}

                @Override
                public void ready(int parameter) {}

                @Override
                public void ready(int parameter, int[] named) {
                    rows.add(named);
                }
            });
        }
        assertEquals(1, rows.size());
        assertArrayEquals(new int[] {3, 7}, rows.get(0));
    }

    @Test
    void aNumberThatIsNoCategoryIsRefusedWithItsPlace() {
        assertRefusedNumber("Index must be a whole number: layer=embeddings, example=1, position=0, value=2.5", 2.5f);
        assertRefusedNumber(
                "Index is outside its column's embedding: rows=[5, 3], example=1, position=0, value=5.0", 5);
    }

    private static void assertRefusedNumber(String message, float city) {
        NetworkSpec spec = NETWORKS.get("side by side");
        try (Replica replica = new LayeredNetwork(spec, List.of(4)).replica(new Mse(), new ReplicaSettings())) {
            Examples two = new Examples(2, new float[][] {{0, 0, 4, 2, 0, 0, city, 0}}, new float[2]);
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> replica.predict(two))
                            .getMessage());
        }
    }

    @Test
    void inputsThatCannotMeetAreRefused() {
        assertRefused(
                "What meets by sum must be of one width: vectors=[numbers of 2, city of 3]", new SumMeeting(), all());
        assertRefused(
                "What meets by dot must be of one width: vectors=[numbers of 2, city of 3]", new DotMeeting(), all());
        assertRefused(
                "keep must name an input: keep=dense, vectors=[city of 3, device of 3]",
                new DotMeeting(List.of("dense")),
                new Input("both", List.of(), List.of(0, 1), 3, List.of()));
        assertRefused(
                "What meets by dot must be two vectors or more: vectors=[deep of 4]",
                new DotMeeting(),
                new Input("deep", List.of(0, 1), List.of(), 0, List.of(new Linear(4))));
    }

    private static Input all() {
        return new Input("all", List.of(0, 1), List.of(0), 0, List.of());
    }

    private static void assertRefused(String message, Meeting meeting, Input... inputs) {
        NetworkSpec spec = network(2, List.of(CITY, DEVICE), meeting, List.of(), inputs);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new LayeredNetwork(spec, List.of(4)))
                        .getMessage());
    }
}
