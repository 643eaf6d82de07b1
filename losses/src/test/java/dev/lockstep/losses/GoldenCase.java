package dev.lockstep.losses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One case of {@code losses.json}, which PyTorch computed; the file's README says how. */
record GoldenCase(JsonNode node) {
    /** The cases in the folder that the system property {@code golden.dir} names, or else on the class path. */
    static List<GoldenCase> all() throws IOException {
        String folder = System.getProperty("golden.dir");
        List<GoldenCase> cases = new ArrayList<>();
        try (InputStream in = folder == null
                ? GoldenCase.class.getResourceAsStream("/golden/losses.json")
                : Files.newInputStream(Path.of(folder, "losses.json"))) {
            new ObjectMapper().readTree(in).get("cases").forEach(node -> cases.add(new GoldenCase(node)));
        }

        return cases;
    }

    String id() {
        return node.get("id").asText();
    }

    boolean isError() {
        return node.get("kind").asText().equals("error");
    }

    boolean hasTag(String tag) {
        for (JsonNode each : node.path("tags")) {
            if (each.asText().equals(tag)) {
                return true;
            }
        }

        return false;
    }

    /** PyTorch's class name in snake case, without "Loss": {@code BCEWithLogitsLoss} is {@code bce_with_logits}. */
    String lossName() {
        return node.get("loss")
                .asText()
                .replaceAll("Loss$", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    JsonNode args() {
        return node.get("args");
    }

    String reduction() {
        return args().path("reduction").asText("mean");
    }

    /** In the order of the call. CTC is called with the log-probabilities. */
    Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        node.get("inputs").properties().forEach(field -> inputs.put(field.getKey(), tensor(field.getValue())));
        if (inputs.containsKey("log_probs")) {
            inputs.remove("logits");
        }

        return inputs;
    }

    Map<String, Tensor> gradients() {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        node.get("grads").properties().forEach(field -> gradients.put(field.getKey(), tensor(field.getValue())));
        return gradients;
    }

    Tensor value() {
        return tensor(node.get("value"));
    }

    /** Ones where the file has none. */
    Tensor upstream() {
        return node.has("upstream") ? tensor(node.get("upstream")) : Tensor.of(new double[] {1});
    }

    static Tensor tensor(JsonNode node) {
        int[] shape = new int[node.get("shape").size()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = node.get("shape").get(d).asInt();
        }
        double[] data = new double[node.get("data").size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = number(node.get("data").get(i));
        }

        return node.has("dtype") ? Tensor.ofIndices(data, shape) : Tensor.of(data, shape);
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    @Override
    public String toString() {
        return id() + " " + args().toString().replaceAll("\"data\":\\[[^]]*]", "…") + " "
                + node.path("note").asText();
    }
}
