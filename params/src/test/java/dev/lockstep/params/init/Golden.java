package dev.lockstep.params.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The stored cases of PyTorch's initialisers, from the folder {@code golden.dir} or from the class path. */
final class Golden {
    private static final String FILE = "initializers.json";

    private Golden() {}

    static Stream<JsonNode> cases() {
        try (InputStream in = open()) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            return StreamSupport.stream(cases.spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Integer> shape(JsonNode golden) {
        List<Integer> shape = new ArrayList<>();
        golden.get("shape").forEach(extent -> shape.add(extent.asInt()));
        return shape;
    }

    /** Numbers, also those that JSON has no word for and the files write as strings. */
    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(n -> Double.parseDouble(n.asText()))
                .toArray();
    }

    private static InputStream open() throws IOException {
        String folder = System.getProperty("golden.dir");
        if (folder != null) {
            return Files.newInputStream(Path.of(folder, FILE));
        }

        return Golden.class.getResourceAsStream("/golden/" + FILE);
    }
}
