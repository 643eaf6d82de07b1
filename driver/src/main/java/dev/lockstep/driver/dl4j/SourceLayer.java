package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.worker.layer.Size2d;
import java.math.BigDecimal;

/**
 * One layer of Deeplearning4j's configuration.
 *
 * @param name its own, or its place
 * @param settings by the names of DL4J's JSON
 * @param preprocessor what stands before it; null for none
 */
record SourceLayer(String name, JsonNode settings, JsonNode preprocessor) {
    /** DL4J's class of it, without the package where that is DL4J's. */
    String kind() {
        return kind(settings);
    }

    static String kind(JsonNode object) {
        String name = object.path("@class").asText("");
        boolean known = name.startsWith("org.deeplearning4j.") || name.startsWith("org.nd4j.");
        return known ? name.substring(name.lastIndexOf('.') + 1) : name;
    }

    /** The same layer without what is around it. */
    SourceLayer underlying(String key) {
        return new SourceLayer(name, required(key), null);
    }

    /** @param reason in a clause, without a full stop */
    DataException refusal(String reason) {
        return new DataException(
                "Layer cannot be converted: layer=" + name + ", kind=" + kind() + ", reason=" + reason);
    }

    boolean has(String key) {
        return !settings.path(key).isMissingNode() && !settings.path(key).isNull();
    }

    JsonNode required(String key) {
        if (!has(key)) {
            throw refusal("its " + key + " is not in the configuration");
        }
        return settings.get(key);
    }

    int whole(String key) {
        return required(key).asInt();
    }

    double number(String key) {
        return required(key).asDouble();
    }

    /** What is left of 1, in decimals: 0.2 of 0.8. */
    static double rest(double part) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(part)).doubleValue();
    }

    boolean flag(String key, boolean byDefault) {
        return has(key) ? settings.get(key).asBoolean() : byDefault;
    }

    String text(String key, String byDefault) {
        return has(key) ? settings.get(key).asText() : byDefault;
    }

    /** Height and width. */
    Size2d size(String key, int byDefault) {
        JsonNode size = settings.path(key);
        return size.size() < 2
                ? new Size2d(byDefault)
                : new Size2d(size.get(0).asInt(), size.get(1).asInt());
    }

    /** Refuses images with their channels last. */
    void requireChannelsFirst(String key) {
        if (!text(key, "NCHW").equals("NCHW")) {
            throw refusal("its images have their channels last: " + key + "=" + text(key, ""));
        }
    }
}
