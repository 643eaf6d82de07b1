package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What Deeplearning4j's {@code ModelSerializer} puts in a zip.
 *
 * @param configuration of a MultiLayerNetwork or a ComputationGraph
 * @param parameters all that the network keeps, running statistics too, in DL4J's order
 * @param normalized whether a normaliser of the data was saved beside
 */
record Dl4jFile(JsonNode configuration, float[] parameters, boolean normalized) {
    private static final String CONFIGURATION = "configuration.json";
    private static final String PARAMETERS = "coefficients.bin";
    private static final String NO_PARAMETERS = "noParams.marker";
    private static final String NORMALIZER = "normalizer.bin";

    /** @throws DataException if the file is no such zip, with the reason */
    static Dl4jFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new DataException("Network cannot be read: file=" + file + ", reason=" + Reason.of(e), e);
        }
    }

    private static Dl4jFile read(InputStream in, String source) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            boolean wanted =
                    entry.getName().equals(CONFIGURATION) || entry.getName().equals(PARAMETERS);
            entries.put(entry.getName(), wanted ? zip.readAllBytes() : new byte[0]);
        }
        boolean whole = entries.containsKey(CONFIGURATION)
                && (entries.containsKey(PARAMETERS) || entries.containsKey(NO_PARAMETERS));
        if (!whole) {
            throw new DataException("The file is no network of Deeplearning4j, which has " + CONFIGURATION + " and "
                    + PARAMETERS + ": file=" + source + ", entries="
                    + entries.keySet().stream().sorted().toList()
                    + ". ModelSerializer.writeModel and MultiLayerNetwork.save write one.");
        }

        float[] parameters = entries.containsKey(PARAMETERS)
                ? Nd4jArray.read(new ByteArrayInputStream(entries.get(PARAMETERS)), source)
                : new float[0];
        return new Dl4jFile(
                json(new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8), source),
                parameters,
                entries.containsKey(NORMALIZER));
    }

    static JsonNode json(String content, String source) {
        try {
            return new ObjectMapper().readTree(content);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    CONFIGURATION + " cannot be read: file=" + source + ", reason=" + e.getOriginalMessage(), e);
        }
    }
}
