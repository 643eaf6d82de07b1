package dev.lockstep.driver.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the files of a model's training data are written, so that other files are read the same way. Immutable.
 *
 * @param options by which Spark reads the format
 */
public record Reading(String format, Map<String, String> options) {
    private static final Set<String> OF_TEXT = Set.of("csv", "json");

    /** Those that say how text becomes cells; others name columns, places or passwords. */
    private static final Set<String> OF_FORM = Set.of(
            "sep",
            "header",
            "encoding",
            "quote",
            "escape",
            "chartoescapequoteescaping",
            "unescapedquotehandling",
            "comment",
            "nullvalue",
            "nanvalue",
            "emptyvalue",
            "ignoreleadingwhitespace",
            "ignoretrailingwhitespace",
            "linesep",
            "multiline",
            "maxcolumns",
            "maxcharspercolumn",
            "allowcomments",
            "allowsinglequotes",
            "allowunquotedfieldnames",
            "allownumericleadingzeros");

    private static final Map<String, String> TWINS = Map.of("delimiter", "sep", "charset", "encoding");

    public Reading {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Null where there is nothing to remember. */
    public static Reading of(Source training) {
        Map<String, String> kept = new LinkedHashMap<>(training.options());
        kept.keySet().removeIf(option -> !OF_FORM.contains(plain(option)));
        return OF_TEXT.contains(training.format()) && !kept.isEmpty() ? new Reading(training.format(), kept) : null;
    }

    /** Another source, read as the training data were but for the options that it has itself. */
    public Source put(Source other) {
        if (!format.equals(other.format())) {
            return other;
        }
        Map<String, String> both = new LinkedHashMap<>(options);
        other.options().keySet().forEach(own -> both.keySet()
                .removeIf(option -> plain(option).equals(plain(own))));
        both.putAll(other.options());
        return new Source(other.path(), format, both);
    }

    /** Spark takes option names in any case, and two of them by two names. */
    private static String plain(String option) {
        String lower = option.toLowerCase(Locale.ROOT);
        return TWINS.getOrDefault(lower, lower);
    }
}
