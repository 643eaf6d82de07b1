package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            train: {epochs: 6, batch: 64, workers: 2, seed: 5, compression: {top_k: 0.05}}
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

    /** The step after a checkpoint needs what those before it have left out. */
    @Test
    void aJobLearnsAndGoesOnFromACheckpointToTheSameBits() throws Exception {
        Path straight = train("straight", "train.epochs=4");
        List<JsonNode> lines = lines(straight);
        double accuracy = lines.stream()
                .filter(line -> line.path("kind").asText().equals("epoch"))
                .mapToDouble(line -> line.path("validation").path("accuracy").asDouble())
                .max()
                .orElseThrow();
        assertTrue(accuracy > 0.8, "accuracy=" + accuracy);
        long whole = sum(lines, "uncompressed");
        assertTrue(whole > 0);
        assertEquals(0.1, sum(lines, "sent") / (double) whole, 0.001);

        train("cut", "train.epochs=2");
        Path resumed = train("cut", "train.epochs=4", "--resume");
        assertArrayEquals(weights(straight), weights(resumed));
    }

    private static long sum(List<JsonNode> lines, String key) {
        return lines.stream()
                .mapToLong(line -> line.path("gradient_bytes").path(key).asLong())
                .sum();
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
