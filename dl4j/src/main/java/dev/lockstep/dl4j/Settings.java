package dev.lockstep.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;

/**
 * What a training master is told.
 *
 * @param workers null for as many as Spark's parallelism
 * @param libtorch whether it computes forward and backward
 */
record Settings(Integer workers, int batchSizePerWorker, boolean libtorch) {
    private static final String WORKERS = "workers";
    private static final String BATCH = "batchSizePerWorker";
    private static final String LIBTORCH = "libtorch";

    Settings {
        if (workers != null && (workers < 1 || workers > 0xFFFF)) {
            throw new IllegalArgumentException("workers must be in 1..65535: workers=" + workers);
        }
        if (batchSizePerWorker < 1) {
            throw new IllegalArgumentException(
                    "batchSizePerWorker must be above 0: batchSizePerWorker=" + batchSizePerWorker);
        }
    }

    String toJson() {
        return write(new ObjectMapper());
    }

    String toYaml() {
        return write(new ObjectMapper(new YAMLFactory()));
    }

    static Settings fromJson(String json) {
        return read(new ObjectMapper(), json);
    }

    static Settings fromYaml(String yaml) {
        return read(new ObjectMapper(new YAMLFactory()), yaml);
    }

    private String write(ObjectMapper mapper) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(WORKERS, workers);
        values.put(BATCH, batchSizePerWorker);
        values.put(LIBTORCH, libtorch);
        try {
            return mapper.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings cannot be written: settings=" + this, e);
        }
    }

    private static Settings read(ObjectMapper mapper, String text) {
        try {
            JsonNode values = mapper.readTree(text);
            if (!values.path(BATCH).isInt()) {
                throw new IllegalArgumentException("Settings of a master need " + BATCH + ": settings=" + values);
            }
            return new Settings(
                    values.hasNonNull(WORKERS) ? values.get(WORKERS).asInt() : null,
                    values.get(BATCH).asInt(),
                    values.path(LIBTORCH).asBoolean());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Settings of a master cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
