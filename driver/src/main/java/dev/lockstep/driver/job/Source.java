package dev.lockstep.driver.job;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where examples are loaded from.
 *
 * @param path file, folder, pattern or URI; the name of a {@code table}; null where the format needs none, as
 *     {@code random}
 * @param format whatever {@code spark.read} loads, or {@code table}, {@code idx}, {@code images}, {@code digits},
 *     {@code clicks}, {@code random}
 * @param options of the format, as {@code spark.read} takes them
 */
public record Source(String path, String format, Map<String, String> options) implements Serializable {
    public static final String RANDOM = "random";
    /** Drawn at the first use into a folder, and read from there ever after. */
    public static final String DIGITS = "digits";

    /** A table, drawn in the same way. */
    public static final String CLICKS = "clicks";

    public static final String IDX = "idx";
    /** A table or view of Spark's catalog, by its name. */
    public static final String TABLE = "table";

    public Source {
        if (path == null && !RANDOM.equals(format)) {
            throw new IllegalArgumentException("path is missing: format=" + format);
        }
        if (format == null) {
            format = Formats.of(path);
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** The format is told by the path's ending. */
    public Source(String path) {
        this(path, null, Map.of());
    }

    /** Examples made up on the spot, for benchmarks. */
    public static Source random(int examples, long seed) {
        return new Source(null, RANDOM, Map.of("examples", Integer.toString(examples), "seed", Long.toString(seed)));
    }

    /** A table or view that the session of the run knows. */
    public static Source table(String name) {
        return new Source(name, TABLE, Map.of());
    }

    public Source format(String changed) {
        return new Source(path, changed, options);
    }

    public Source option(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(name, value);
        return new Source(path, format, changed);
    }

    /** Whether its files are drawn at the first use. */
    boolean isDrawn() {
        return format.equals(DIGITS) || format.equals(CLICKS);
    }

    /** For messages. */
    public String describe() {
        if (format.equals(TABLE)) {
            return "table=" + path;
        }
        return path == null ? "format=" + format : "path=" + path + ", format=" + format;
    }
}
