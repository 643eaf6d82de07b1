package dev.lockstep.driver.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The list of a checkpoint's files with their lengths and checksums, by which a damaged one is told from a whole one,
 * and its step.
 */
final class Manifest {
    private static final String NAME = "manifest.json";
    private static final int FORMAT = 2;
    /** No path, which might lead elsewhere, and nothing that Hadoop takes for the scheme of one. */
    private static final Pattern FILE = Pattern.compile("\\w[\\w.-]*");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifest() {}

    /** Lists every file that is in {@code folder} now. */
    static void seal(FileSystem files, Path folder, long step) throws IOException {
        ObjectNode manifest = JSON.createObjectNode().put("format", FORMAT).put("step", step);
        ObjectNode listed = manifest.putObject("files");
        for (FileStatus status : files.listStatus(folder)) {
            listed.putObject(status.getPath().getName())
                    .put("length", status.getLen())
                    .put("crc32", checksum(files, status.getPath()));
        }
        try (OutputStream out = files.create(new Path(folder, NAME))) {
            out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        }
    }

    /** What is wrong with the checkpoint of a step, or nothing. */
    static Optional<String> flaw(FileSystem files, Path folder, long step) {
        try {
            return found(files, folder, step);
        } catch (IOException e) {
            return Optional.of(NAME + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> found(FileSystem files, Path folder, long step) throws IOException {
        Path path = new Path(folder, NAME);
        if (!files.exists(path)) {
            return Optional.of(NAME + " is missing");
        }
        JsonNode manifest;
        try (InputStream in = files.open(path)) {
            manifest = JSON.readTree(in);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Optional.of(NAME + " is not readable: " + e.getOriginalMessage());
        }
        if (manifest.path("format").asInt() != FORMAT) {
            return Optional.of("format of another version: format="
                    + manifest.path("format").asText() + ", expected=" + FORMAT);
        }
        if (manifest.path("step").asLong(-1) != step) {
            return Optional.of(
                    NAME + " is of another step: step=" + manifest.path("step").asText() + ", expected=" + step);
        }
        if (manifest.path("files").isEmpty()) {
            return Optional.of(NAME + " lists no files");
        }
        for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
            if (!FILE.matcher(file.getKey()).matches()) {
                return Optional.of(NAME + " lists what is no file's name: name=" + file.getKey());
            }
            Optional<String> flaw = unreadable(files, new Path(folder, file.getKey()), file.getValue());
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unreadable(FileSystem files, Path file, JsonNode listed) {
        try {
            return flaw(files, file, listed);
        } catch (IOException e) {
            // Hadoop's own checksums find damage too, and say so in their way.
            return Optional.of(file.getName() + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> flaw(FileSystem files, Path file, JsonNode listed) throws IOException {
        if (!files.exists(file)) {
            return Optional.of(file.getName() + " is missing");
        }
        long length = files.getFileStatus(file).getLen();
        if (length != listed.path("length").asLong()) {
            return Optional.of(file.getName() + " is truncated: length=" + length + ", expected="
                    + listed.path("length").asLong());
        }
        if (checksum(files, file) != listed.path("crc32").asLong()) {
            return Optional.of(file.getName() + " is damaged: checksum differs");
        }
        return Optional.empty();
    }

    private static long checksum(FileSystem files, Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = files.open(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.getValue();
    }
}
