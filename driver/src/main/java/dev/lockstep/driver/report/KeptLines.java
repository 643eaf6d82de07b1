package dev.lockstep.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What a resumed run keeps of its metrics file: steps and epochs up to where it goes on, without the end of the earlier run. */
record KeptLines(FileSystem files, Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] until(long step) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        if (step == 0 || !files.exists(path)) {
            return kept.toByteArray();
        }

        try (InputStream in = files.open(path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (isWithin(line, step)) {
                    kept.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return kept.toByteArray();
    }

    /** False for a line that a killed process has left half written. */
    private static boolean isWithin(String line, long step) {
        try {
            JsonNode read = JSON.readTree(line);
            return read.path("step").canConvertToLong() && read.path("step").asLong() <= step;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
