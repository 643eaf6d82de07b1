package dev.lockstep.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a resumed run keeps of its metrics file: steps and epochs up to where it goes on, without the end of the earlier
 * run.
 */
record KeptLines(FileSystem files, Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void copyUntil(long step, OutputStream out) throws IOException {
        if (step == 0 || !files.exists(path)) {
            return;
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(files.open(path), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (isWithin(line, step)) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
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
