package dev.lockstep.driver.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells a file's format by its name. */
final class Formats {
    /** What Spark takes a file for whose name says nothing. */
    private static final String DEFAULT = "parquet";

    private static final Pattern PACKED = Pattern.compile("\\.(gz|bz2|zst|lz4|snappy|deflate)$");
    private static final Map<Pattern, String> BY_NAME = byName();

    private Formats() {}

    static String of(String path) {
        String name = PACKED.matcher(path.toLowerCase(Locale.ROOT)).replaceFirst("");
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(name).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(DEFAULT);
    }

    private static Map<Pattern, String> byName() {
        Map<Pattern, String> formats = new LinkedHashMap<>();
        formats.put(Pattern.compile("\\.csv$"), "csv");
        formats.put(Pattern.compile("\\.(json|jsonl|ndjson)$"), "json");
        formats.put(Pattern.compile("\\.(libsvm|svm)$"), "libsvm");
        formats.put(Pattern.compile("\\.orc$"), "orc");
        formats.put(Pattern.compile("\\.avro$"), "avro");
        formats.put(Pattern.compile("[.-]idx[1-4](-ubyte)?$"), Source.IDX);
        return formats;
    }
}
