package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class MonitorTest {
    /** With activations, 90 layers: their figures are more than one piece of a report holds. */
    private static final int DEPTH = 45;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        Random random = new Random(11);
        StringBuilder rows = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 40; row++) {
            rows.append(random.nextGaussian() + "," + random.nextGaussian() + "," + random.nextGaussian() + "\n");
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data: {train: {path: rows.csv, options: {header: true}}, features: [a, b], label: y, shape: [2]}
                model: {layers: [%s linear: 1]}
                init: {weight: orthogonal, bias: zeros}
                loss: mse
                optimizer: {sgd: {lr: 0.001}}
                train: {epochs: 2, batch: 8, workers: 2, seed: 5}
                """
                        .formatted("linear: 3, tanh, ".repeat(DEPTH)));
    }

    @Test
    void writesTheFiguresOfEveryLayerAtEveryNthStepAndChangesNoBit() throws IOException {
        Jobs.Ran monitored = train("monitored", "monitor.every=3 steps");
        List<JsonNode> lines = lines(monitored.output());
        assertEquals(
                List.of(3L, 6L, 9L),
                lines.stream().map(line -> line.get("step").asLong()).toList());
        assertEquals(2, lines.get(2).get("epoch").asInt());
        for (JsonNode line : lines) {
            assertEquals(2 * DEPTH + 1, line.get("layers").size());
            assertEquals("1 (tanh)", line.get("layers").get(1).get("layer").asText());
            for (JsonNode layer : line.get("layers")) {
                assertTrue(layer.get("activation").asDouble() > 0, layer::toString);
                assertTrue(layer.get("gradient").asDouble() > 0, layer::toString);
                assertEquals(layer.get("layer").asText().contains("tanh"), layer.has("saturated"));
                assertEquals(0, layer.at("/fp16/activations/infinite").doubleValue(), layer::toString);
                assertTrue(layer.at("/fp16/gradients/zero").isNumber(), layer::toString);
            }
        }

        Jobs.Ran plain = train("plain");
        assertTrue(Jobs.sameBits(monitored.weights(), plain.weights()));
        assertArrayEquals(plain.losses(), monitored.losses());
        assertEquals(List.of(), lines(plain.output()));
    }

    @Test
    void anEpochIsAsManyStepsAsItHas() throws IOException {
        List<JsonNode> lines = lines(
                train("epochs", "monitor.every=1 epoch", "train.workers=1").output());
        assertEquals(
                List.of(5L, 10L),
                lines.stream().map(line -> line.get("step").asLong()).toList());
    }

    @Test
    void whatWasSeenBeforeARunFailsIsThere() throws IOException {
        Path output = folder.resolve("failed");
        assertThrows(
                TrainingException.class, () -> train("failed", "monitor.every=1 steps", "optimizer.sgd.lr=1.0e+30"));
        List<JsonNode> lines = lines(output);
        assertFalse(lines.isEmpty());
        assertEquals(1, lines.get(0).get("step").asInt());
    }

    private static Jobs.Ran train(String name, String... settings) {
        return Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings));
    }

    private static List<JsonNode> lines(Path output) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("metrics.jsonl"))) {
            JsonNode read = JSON.readTree(line);
            if (read.get("kind").asText().equals("monitor")) {
                lines.add(read);
            }
        }
        return lines;
    }
}
