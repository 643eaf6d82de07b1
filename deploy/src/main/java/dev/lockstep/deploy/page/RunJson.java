package dev.lockstep.deploy.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.history.Facts;
import dev.lockstep.driver.history.RunHistory;
import java.util.List;
import java.util.Set;

/** What the page is told of runs, beside their figures. */
final class RunJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RunJson() {}

    /** All runs in short, but those whose folder is gone: little enough to be asked for every second. */
    static ObjectNode all(WatchedRuns runs) {
        ObjectNode json = JSON.objectNode().put("more", runs.hasMore());
        ArrayNode folders = json.putArray("folders");
        runs.folders().forEach(folder -> folders.add(folder.toString()));
        ArrayNode failures = json.putArray("failures");
        runs.failures().forEach(failures::add);
        ArrayNode list = json.putArray("runs");
        int id = 0;
        for (Watched run : runs.all()) {
            ObjectNode summary = summary(id++, run);
            if (run.isThere()) {
                list.add(summary);
            }
        }
        return json;
    }

    private static ObjectNode summary(int id, Watched run) {
        RunHistory history = run.history();
        return JSON.objectNode()
                .put("id", id)
                .put("folder", run.folder().toString())
                .put("state", history.state().toString())
                .put("version", history.version())
                .put("failure", run.failure());
    }

    /** One run with all that it has said. */
    static ObjectNode detail(int id, Watched run) {
        RunHistory history = run.history();
        Facts facts = history.facts();
        ObjectNode json = summary(id, run)
                .put("epoch", facts.epoch())
                .put("step", facts.step())
                .put("skipped", facts.skipped())
                .put("lastSkipped", facts.lastSkipped())
                .put("broken", facts.broken());
        put(json, "start", facts.start());
        put(json, "end", facts.end());
        put(json, "lastEpoch", facts.lastEpoch());
        put(json, "monitor", facts.monitor());
        put(json, "starts", facts.starts());
        put(json, "checkpoints", facts.checkpoints());
        put(json, "events", facts.events());
        putFigures(json, history.names());
        return json;
    }

    private static void put(ObjectNode json, String key, JsonNode line) {
        json.set(key, line.isMissingNode() ? JSON.nullNode() : line);
    }

    private static void put(ObjectNode json, String key, List<JsonNode> lines) {
        json.putArray(key).addAll(lines);
    }

    /** Those of workers and layers, which are many, by their number. */
    private static void putFigures(ObjectNode json, Set<String> names) {
        ArrayNode figures = json.putArray("figures");
        names.stream()
                .filter(name -> !name.startsWith("workers.") && !name.startsWith("layers."))
                .sorted()
                .forEach(figures::add);
        json.put("workers", workers(names));
        json.put("layers", count(names, "layers.", ".activation"));
    }

    static int workers(Set<String> names) {
        return count(names, "workers.", ".forward");
    }

    private static int count(Set<String> names, String prefix, String suffix) {
        return Math.toIntExact(names.stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .count());
    }
}
