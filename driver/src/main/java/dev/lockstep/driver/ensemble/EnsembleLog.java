package dev.lockstep.driver.ensemble;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The file of an ensemble's figures, beside its model.
 *
 * <pre>
 *   {"kind":"member","member":1,"validation":{"loss":0.31,"accuracy":0.9}}
 *   {"kind":"ensemble","members":5,"validation":{"loss":0.22,"accuracy":0.93}}
 * </pre>
 */
final class EnsembleLog {
    static final String FILE = "ensemble.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EnsembleLog() {}

    static void write(EnsembleResult result, Path folder, Configuration hadoop) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int member = 1; member <= result.members().size(); member++) {
            ObjectNode line = JSON.createObjectNode().put("kind", "member").put("member", member);
            text.append(line(line, result.members().get(member - 1)));
        }
        ObjectNode last = JSON.createObjectNode().put("kind", "ensemble");
        text.append(line(last.put("members", result.members().size()), result.together()));
        Path file = new Path(folder, FILE);
        AtomicWrite.file(
                PlainFiles.of(file, hadoop),
                file,
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(ObjectNode line, Map<String, Double> figures) {
        if (!figures.isEmpty()) {
            figures.forEach(line.putObject("validation")::put);
        }
        return line + "\n";
    }
}
