package dev.lockstep.worker;

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

/** The stored cases of a family: from the folder in the system property golden.dir, else those beside the tests. */
final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    static Stream<Case> cases(String family) {
        String folder = System.getProperty("golden.dir");
        try (InputStream in = folder == null
                ? Golden.class.getResourceAsStream("/golden/" + family + ".json")
                : Files.newInputStream(Path.of(folder, family + ".json"))) {
            JsonNode root = JSON.readTree(in);
            return StreamSupport.stream(root.get("cases").spliterator(), false).map(Case::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One case. */
    record Case(JsonNode json) {
        boolean isError() {
            return json.get("kind").asText().equals("error");
        }

        String text(String field) {
            return json.get(field).asText();
        }

        @Override
        public String toString() {
            return text("id");
        }
    }

    /** A stored tensor. */
    record Values(List<Integer> shape, double[] data) {
        static Values of(JsonNode node) {
            List<Integer> shape = new ArrayList<>();
            node.get("shape").forEach(extent -> shape.add(extent.asInt()));
            double[] data = new double[node.get("data").size()];
            for (int i = 0; i < data.length; i++) {
                data[i] = Double.parseDouble(node.get("data").get(i).asText());
            }

            return new Values(shape, data);
        }

        /** The same values under another shape. */
        Values as(List<Integer> other) {
            return new Values(other, data);
        }
    }
}
