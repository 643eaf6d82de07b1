package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with a user's own loss, optimizer, layer, schedule, initialiser, metric and preprocessing, which
 * {@code org.example.mine} adds.
 */
@Tag("spark")
class ExtensionTest {
    private static final String JOB =
            """
            data:
              train: {path: rows.csv, options: {header: true}}
              features: [a, b]
              label: y
              preprocess: [max_abs]
            model:
              layers: [linear: 4, scale: 0.5, linear: 1]
            init: {"*.bias": zeros, 2.weight: {alternating: 0.25}}
            loss: {log_cosh: {sharpness: 2}}
            optimizer: {sign_sgd: {lr: 0.02}}
            schedule: {halving: 60}
            train: {epochs: 40, batch: 16, workers: 2, seed: 5}
            metrics: [r2, largest_error]
            """;

    @TempDir
    private static Path folder;

    private static Path job;

    @BeforeAll
    static void train() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 48; i++) {
            double a = i % 7 / 7.0;
            double b = i % 5 / 5.0;
            rows.append(a).append(',').append(b).append(',').append(2 * a - b).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        job = Files.writeString(folder.resolve("job.yaml"), JOB + "output: " + folder.resolve("out") + "\n");
        assertDone("train", job.toString());
    }

    @Test
    void whatIsAddedIsTrainedAndReadBack() throws IOException {
        String model = Files.readString(folder.resolve("out/model/model.yaml"));
        String measured = assertDone(
                "evaluate",
                folder.resolve("out/model").toString(),
                "--data",
                folder.resolve("rows.csv").toString());

        double r2 = Double.parseDouble(measured.lines()
                .filter(line -> line.startsWith("r2"))
                .findFirst()
                .orElseThrow()
                .substring(3));
        assertAll(
                () -> assertTrue(r2 > 0.95, measured),
                () -> assertTrue(measured.contains("LargestError 0."), measured),
                () -> assertTrue(model.contains("scaling"), model),
                () -> assertTrue(model.contains("log_cosh"), model),
                () -> assertTrue(model.contains("scale"), model));
        List<String> steps = Files.readAllLines(folder.resolve("out/metrics.jsonl")).stream()
                .filter(line -> line.startsWith("{\"kind\":\"step\""))
                .toList();
        assertAll(
                () -> assertTrue(steps.get(0).contains("\"lr\":0.02"), steps.get(0)),
                () -> assertTrue(steps.get(steps.size() - 1).contains("\"lr\":0.01"), steps.get(steps.size() - 1)));
    }

    @Test
    void itsGradientIsChecked() {
        String said = assertDone("check", job.toString());

        assertTrue(said.contains("1 (Scale)"), said);
        assertTrue(said.contains("Gradient: right at 5 of 5 tensors"), said);
    }

    @Test
    void itsLayerIsExported() {
        Path file = folder.resolve("mine.pt");
        assertDone("export", folder.resolve("out/model").toString(), "--format", "torchscript", file.toString());

        assertTrue(Files.exists(file));
    }

    private static String assertDone(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(
                0, Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments), err.toString());
        return out.toString();
    }
}
