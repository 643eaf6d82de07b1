package dev.lockstep.driver.data;

import java.util.Map;

/**
 * Where examples are read from.
 *
 * @param path anything Hadoop's file systems know: local, {@code hdfs://}, {@code s3a://}; null for formats without one
 * @param format {@code idx}, {@code images}, {@code random}, or a name that {@code spark.read().format} takes
 * @param options of that format
 */
public record DataSource(String path, String format, Map<String, String> options) {
    public DataSource {
        options = Map.copyOf(options);
    }

    /** For messages. */
    String describe() {
        return path == null ? "format=" + format : "path=" + path + ", format=" + format;
    }
}
