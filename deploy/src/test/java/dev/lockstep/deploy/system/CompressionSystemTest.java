package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients in fewer words between two executors that may not share memory: a job learns, and goes on from a cut. */
@Tag("process")
class CompressionSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> APART = Map.of("LOCKSTEP_JAVA_OPTS", "-Dspark.lockstep.shortcuts=false");

    /** The last batch of an epoch is smaller. */
    private static final String DIGITS =
            """
            name: digits
            data:
              train: {path: digits, format: digits, options: {examples: 2000}}
              validation: {fraction: 0.25}
              preprocess: [standardize]
            model:
              layers: [flatten, linear: 64, relu, linear: 10]
            loss: cross_entropy
            optimizer: {sgd: {lr: 0.1}}
            train: {epochs: 6, batch: 64, workers: 2, seed: 5}
            metrics: [accuracy]
            checkpoint: {every: 1 epoch}
            """;

    @TempDir
    private static Path folder;

    private static Path job;

    @BeforeAll
    static void write() throws Exception {
        job = Files.writeString(folder.resolve("job.yaml"), DIGITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"none | 1", "fp16 | 0.5", "bf16 | 0.5", "{top_k: 0.05} | 0.1", "{threshold: 0.003} | 0.9"})
    void aJobLearns(String compression, double most) throws Exception {
        String name = compression.replaceAll("\\W", "");
        Path output = train(name, "train.compression=" + compression);
        List<JsonNode> lines = lines(output);
        JsonNode epoch = lines.stream()
                .filter(line -> line.path("kind").asText().equals("epoch"))
                .reduce((first, second) -> second)
                .orElseThrow();
        double accuracy = epoch.path("validation").path("accuracy").asDouble();
        assertTrue(accuracy > 0.8, compression + ", accuracy=" + accuracy);

        long sent = sum(lines, "sent");
        long whole = sum(lines, "uncompressed");
        assertTrue(whole > 0 && sent <= most * whole * 1.01, "sent=" + sent + ", whole=" + whole);
    }

    private static long sum(List<JsonNode> lines, String key) {
        return lines.stream()
                .mapToLong(line -> line.path("gradient_bytes").path(key).asLong())
                .sum();
    }

    /** The step after a checkpoint needs what those before it have left out. */
    @Test
    void aRunGoesOnFromACheckpointToTheSameBits() throws Exception {
        String compression = "train.compression={top_k: 0.02}";
        Path straight = train("straight", compression, "train.epochs=3");
        train("cut", compression, "train.epochs=1");
        Path resumed = train("cut", compression, "train.epochs=3", "--resume");
        assertArrayEquals(weights(straight), weights(resumed));
        assertFalse(Arrays.equals(weights(straight), weights(train("whole", "train.epochs=3"))));
    }

    private static Path train(String name, String... settings) throws Exception {
        Path output = folder.resolve("out").resolve(name);
        List<String> arguments = new ArrayList<>(Installation.built().lockstep("train", job.toString()));
        Collections.addAll(arguments, "--master", "local-cluster[2,1,700]", "--set", "output=" + output);
        for (String setting : settings) {
            Collections.addAll(arguments, setting.startsWith("--") ? new String[] {setting} : set(setting));
        }

        try (JvmProcess process = JvmProcess.start(name, folder.resolve("logs"), APART, arguments)) {
            assertEquals(0, process.exitCode(PATIENCE), () -> process.output() + process.errors());
        }
        return output;
    }

    private static String[] set(String setting) {
        return new String[] {"--set", setting};
    }

    private static byte[] weights(Path output) throws IOException {
        return Files.readAllBytes(output.resolve("model/weights.safetensors"));
    }

    private static List<JsonNode> lines(Path output) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("metrics.jsonl"))) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
