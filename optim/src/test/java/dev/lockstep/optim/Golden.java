package dev.lockstep.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;

/** Stored results of PyTorch, from the folder that {@code -Dgolden.dir} names or else from the class path. */
public final class Golden {
    private Golden() {}

    /** The cases of a family that are of a kind: {@code value} or {@code error}. Fails if there are none. */
    public static Stream<Named<JsonNode>> cases(String family, String kind) {
        List<Named<JsonNode>> cases = StreamSupport.stream(
                        read(family).get("cases").spliterator(), false)
                .filter(node -> node.get("kind").asText().equals(kind))
                .map(node -> Named.of(node.get("id").asText(), node))
                .toList();
        if (cases.isEmpty()) {
            throw new AssertionError("Golden file has no cases: family=" + family + ", kind=" + kind);
        }

        return cases.stream();
    }

    private static JsonNode read(String family) {
        String folder = System.getProperty("golden.dir");
        String file = family + ".json";
        try (InputStream in = folder == null
                ? Golden.class.getResourceAsStream("/golden/" + file)
                : Files.newInputStream(Path.of(folder, file))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError("Golden file cannot be read: family=" + family + ", folder=" + folder, e);
        }
    }

    /** A number, or one of the strings NaN, Infinity, -Infinity. */
    public static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    /** The values of a tensor or of a list, last index fastest. */
    public static double[] numbers(JsonNode node) {
        JsonNode data = node.isObject() ? node.get("data") : node;
        return StreamSupport.stream(data.spliterator(), false)
                .mapToDouble(Golden::number)
                .toArray();
    }

    public static float[] floats(JsonNode node) {
        double[] numbers = numbers(node);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }

        return floats;
    }

    /** {@code |actual − expected| / max(1, |expected|)}, 0 where both are the same or both NaN. */
    public static double distance(double expected, double actual) {
        return Double.compare(expected + 0.0, actual + 0.0) == 0
                ? 0
                : Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    }
}
