package dev.lockstep.driver.data.preprocess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cases of preprocessing.json: from the folder that the property {@code golden.dir} names, else from the class
 * path.
 */
final class Golden {
    private Golden() {}

    static List<JsonNode> cases() throws IOException {
        try (InputStream file = open()) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(file).get("cases").forEach(cases::add);
            return cases;
        }
    }

    private static InputStream open() throws IOException {
        String folder = System.getProperty("golden.dir");
        return folder == null
                ? Golden.class.getResourceAsStream("/golden/preprocessing.json")
                : Files.newInputStream(Path.of(folder, "preprocessing.json"));
    }

    /** A tensor's first dimension counts the rows; the others are joined. */
    static List<double[]> rows(JsonNode tensor) {
        int count = tensor.get("shape").get(0).asInt();
        double[] data = vector(tensor);
        int width = data.length / count;
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            double[] copy = new double[width];
            System.arraycopy(data, row * width, copy, 0, width);
            rows.add(copy);
        }
        return rows;
    }

    static double[] vector(JsonNode tensor) {
        JsonNode data = tensor.get("data");
        double[] vector = new double[data.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Double.parseDouble(data.get(i).asText());
        }
        return vector;
    }

    /** Of one row. */
    static List<Integer> shape(JsonNode tensor) {
        List<Integer> shape = new ArrayList<>();
        tensor.get("shape").forEach(extent -> shape.add(extent.asInt()));
        return shape.subList(1, shape.size());
    }
}
