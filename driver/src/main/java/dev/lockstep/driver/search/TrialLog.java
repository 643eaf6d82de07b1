package dev.lockstep.driver.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of a search, {@code OUTPUT/search.jsonl}, one JSON object a line. It is written anew after every trial.
 *
 * <pre>
 *   {"kind":"trial","trial":1,"settings":{"optimizer.adam.lr":"1e-2"},"status":"done","seconds":8.1,
 *    "train":{"loss":0.2},"validation":{"loss":0.3,"accuracy":0.9}}
 *   {"kind":"trial","trial":2,"settings":{"optimizer.adam.lr":"1e9"},"status":"failed","seconds":1.0,
 *    "error":"Loss is not finite: ..."}
 *   {"kind":"end","status":"done","trials":2,"best":1}
 * </pre>
 */
final class TrialLog {
    static final String FILE = "search.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem files;
    private final Path path;
    private final List<Trial> trials = new ArrayList<>();

    TrialLog(Path folder, Configuration hadoop) throws IOException {
        this.files = PlainFiles.of(folder, hadoop);
        this.path = new Path(folder, FILE);
    }

    /** Goes on with what an earlier search in the same place has written. */
    void takeOver() throws IOException {
        if (!files.exists(path)) {
            return;
        }
        try (InputStream in = files.open(path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> read(line).ifPresent(trials::add));
        }
    }

    boolean has(Map<String, String> settings) {
        return trials.stream().anyMatch(trial -> trial.settings().equals(settings));
    }

    /** Live. */
    List<Trial> trials() {
        return trials;
    }

    void add(Trial trial) throws IOException {
        trials.add(trial);
        write(null);
    }

    /** @param best null where none is good */
    void end(Trial best) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("kind", "end")
                .put("status", best == null ? Trial.FAILED : "done")
                .put("trials", trials.size());
        write(best == null ? line : line.put("best", best.number()));
    }

    private void write(ObjectNode end) throws IOException {
        StringBuilder text = new StringBuilder();
        trials.forEach(trial -> text.append(line(trial)).append('\n'));
        if (end != null) {
            text.append(end).append('\n');
        }
        AtomicWrite.file(files, path, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode line(Trial trial) {
        ObjectNode line = JSON.createObjectNode().put("kind", "trial").put("trial", trial.number());
        trial.settings().forEach(line.putObject("settings")::put);
        line.put("status", trial.status()).put("seconds", Math.rint(trial.seconds() * 1000) / 1000);
        if (!trial.failed()) {
            line.putObject("train").put("loss", trial.training());
        }
        if (!trial.validation().isEmpty()) {
            trial.validation().forEach(line.putObject("validation")::put);
        }
        return trial.error() == null ? line : line.put("error", trial.error());
    }

    /** Empty for the end, and for a line that a killed process has left half written. */
    private static Optional<Trial> read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.path("kind").asText().equals("trial")) {
                return Optional.empty();
            }
            Map<String, String> settings = new LinkedHashMap<>();
            node.path("settings")
                    .properties()
                    .forEach(field ->
                            settings.put(field.getKey(), field.getValue().asText()));
            Map<String, Double> validation = new LinkedHashMap<>();
            node.path("validation")
                    .properties()
                    .forEach(field -> validation.put(
                            field.getKey(), Double.valueOf(field.getValue().asText())));
            return Optional.of(new Trial(
                    node.path("trial").asInt(),
                    settings,
                    node.path("status").asText(),
                    node.path("seconds").asDouble(),
                    Double.parseDouble(node.path("train").path("loss").asText("NaN")),
                    validation,
                    node.path("error").asText(null)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
