package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's life after its training. */
@Tag("spark")
class ModelCommandsTest {
    private static final String JOB =
            """
            data:
              train: {path: digits, format: digits, options: {examples: 200}}
              shape: [1, 28, 28]
              preprocess: [per_channel]
            model:
              layers: [flatten, linear: 32, relu, linear: 10]
            loss: cross_entropy
            optimizer: {adam: {lr: 3.0e-3}}
            train: {epochs: 8, batch: 20, workers: 2, seed: 1}
            metrics: [accuracy]
            """;

    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void train() throws IOException {
        Path job = Files.writeString(folder.resolve("small.yaml"), JOB);
        assertDone("train", job.toString(), "--set", "output=" + folder.resolve("out"));
        model = folder.resolve("out/model").toString();
    }

    @Test
    void evaluatePrintsEachFigureOnALine() {
        List<String> lines = evaluated(model);

        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).matches("loss 0\\.\\d+"), lines.get(0));
        assertTrue(accuracy(model) > 0.9, lines.get(1));
    }

    @Test
    void predictWritesARowForEachExample() throws IOException {
        Path predictions = folder.resolve("predictions.csv");
        assertEquals(
                "predictions: " + predictions + " (200 rows, in a folder of csv files)\n",
                assertDone(
                        "predict",
                        model,
                        "--data",
                        folder.resolve("digits").toString(),
                        "--format",
                        "digits",
                        "--option",
                        "examples=200",
                        "--output",
                        predictions.toString()));

        long rows = 0;
        try (Stream<Path> files = Files.list(predictions)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                // The first line of each has the columns' names.
                rows += Math.max(0, Files.readAllLines(file).size() - 1);
            }
        }
        assertEquals(200, rows);
    }

    @Test
    void predictRefusesAnOutputBeforeItReadsData() throws IOException {
        Path there = Files.createDirectories(folder.resolve("there.csv"));
        refusePrediction(there, "--output must not be there yet: output=" + there);
        Path nowhere = Path.of("/proc/predictions.csv");
        refusePrediction(nowhere, "--output cannot be made: output=" + nowhere);
    }

    private static void refusePrediction(Path output, String message) {
        StringWriter err = new StringWriter();
        String data = folder.resolve("none.csv").toString();
        assertEquals(2, run(new StringWriter(), err, "predict", model, "--data", data, "--output", output.toString()));
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void exportWritesTheWeights() throws IOException {
        Path file = folder.resolve("exported.safetensors");
        assertEquals(
                "exported: " + file + "\n", assertDone("export", model, "--format", "safetensors", file.toString()));

        StringWriter err = new StringWriter();
        String[] again = {"export", model, "--format", "safetensors", file.toString(), "--overwrite"};
        assertEquals(2, run(new StringWriter(), err, Arrays.copyOf(again, 5)));
        assertEquals(
                "lockstep: The file exists: file=" + file + ". Name another, or add --overwrite.\n", err.toString());
        err = new StringWriter();
        assertEquals(0, run(new StringWriter(), err, again), err::toString);
        assertEquals(
                "lockstep: The preprocessing is not in the file, and the network was trained on what comes out of it:"
                        + " file=" + file + ". Its numbers are under preprocess in the model's model.yaml.\n",
                err.toString());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("out/model/weights.safetensors")), Files.readAllBytes(file));
    }

    @Test
    void exportWritesANetworkThatCanBeTrainedOn() throws IOException {
        Path file = folder.resolve("exported.pt");
        assertDone("export", model, "--format", "torchscript", file.toString());

        Path job = Files.writeString(
                folder.resolve("on.yaml"),
                JOB.replace("layers: [flatten, linear: 32, relu, linear: 10]", "torchscript: exported.pt")
                        .replace("epochs: 8", "epochs: 1"));
        String output = folder.resolve("on").toString();
        assertDone("train", job.toString(), "--set", "output=" + output);
        assertTrue(accuracy(output + "/model") > 0.9);
        assertDone(
                "export",
                output + "/model",
                "--format",
                "torchscript",
                folder.resolve("again.pt").toString());
    }

    @Test
    void exportSaysWhereItCannotWrite() {
        StringWriter err = new StringWriter();
        String file = folder.resolve("none/exported.pt").toString();

        assertEquals(3, run(new StringWriter(), err, "export", model, "--format", "torchscript", file));
        assertTrue(err.toString().startsWith("lockstep: Export cannot be written: file=" + file), err.toString());
        assertTrue(err.toString().endsWith(" does not exist\n"), err.toString());
    }

    @Test
    void theFolderHasNothingButTheModel() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(model))) {
            assertEquals(
                    List.of("model.yaml", "weights.safetensors"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void refusesAFolderWithoutAModel() {
        StringWriter err = new StringWriter();
        int code = run(new StringWriter(), err, "evaluate", folder.toString(), "--data", "x.csv");

        assertEquals(3, code);
        assertTrue(err.toString().contains("There is no model in the folder: folder=" + folder), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    private static double accuracy(String trained) {
        return Double.parseDouble(evaluated(trained).get(1).substring("accuracy ".length()));
    }

    private static List<String> evaluated(String trained) {
        String digits = folder.resolve("digits").toString();
        return assertDone("evaluate", trained, "--data", digits, "--format", "digits", "--option", "examples=200")
                .lines()
                .toList();
    }

    private static String assertDone(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, run(out, err, arguments), err.toString());
        return out.toString();
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
