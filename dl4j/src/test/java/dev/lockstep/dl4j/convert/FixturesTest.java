package dev.lockstep.dl4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files that tests without Deeplearning4j read, against Deeplearning4j; {@code -Dlockstep.golden=write} writes them
 * anew.
 */
class FixturesTest {
    private static final Path FOLDER = Path.of("../driver/src/test/resources/dl4j");

    @ParameterizedTest
    @ValueSource(strings = {"batch norm of images", "LSTM, last step"})
    void hasTheOutputsThatAreStored(String name) throws IOException {
        Networks.Sample sample = Networks.all().get(name);
        Path file = FOLDER.resolve(name.replaceAll("[, ]+", "-") + ".zip");
        Path beside = FOLDER.resolve(name.replaceAll("[, ]+", "-") + ".json");
        if ("write".equals(System.getProperty("lockstep.golden"))) {
            write(sample, file, beside);
        }
        JsonNode stored = new ObjectMapper().readTree(beside.toFile());
        double[] outputs = new ObjectMapper().convertValue(stored.get("output"), double[].class);
        float[] numbers = ConversionTest.numbers(sample);
        assertArrayEquals(
                outputs, ConversionTest.output(sample, numbers).dup('c').data().asDouble(), 1e-6);
    }

    private static void write(Networks.Sample sample, Path file, Path beside) throws IOException {
        Files.createDirectories(FOLDER);
        ModelSerializer.writeModel(sample.model(), file.toFile(), /* saveUpdater */ false);
        float[] numbers = ConversionTest.numbers(sample);
        ObjectMapper json = new ObjectMapper();
        ObjectNode node = json.createObjectNode();
        node.put("made", "deeplearning4j 1.0.0-M2, FixturesTest in dl4j with -Dlockstep.golden=write");
        node.set("shape", json.valueToTree(sample.shape()));
        node.set("input", json.valueToTree(ConversionTest.ours(sample, numbers)));
        node.set(
                "output",
                json.valueToTree(
                        ConversionTest.output(sample, numbers).dup('c').data().asDouble()));
        Files.writeString(beside, json.writeValueAsString(node) + "\n");
    }
}
