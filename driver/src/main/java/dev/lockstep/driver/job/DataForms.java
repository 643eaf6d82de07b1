package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.Section;
import dev.lockstep.driver.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a file writes where examples come from and which columns they have. */
final class DataForms {
    private static final List<String> SOURCE_KEYS = List.of("path", "format", "options");
    private static final String NO_FEATURES = "none";

    private DataForms() {}

    /** {@code {path, format, options}}, or the path alone. */
    static Source source(Value value, Binder binder) {
        if (value.isScalar()) {
            return new Source(value.text());
        }

        Section section = value.section();
        section.allow(SOURCE_KEYS);
        String path = section.find("path").map(Value::text).orElse(null);
        String format = section.find("format").map(Value::text).orElse(null);
        if (path == null && !Source.RANDOM.equals(format)) {
            throw value.missing("path");
        }
        return new Source(path, format, options(section));
    }

    /** {@code {fraction: 0.1, seed: 7}}, the number alone, or a source. */
    static Validation validation(Value value, Binder binder) {
        if (value.isScalar()) {
            return fraction(value);
        }

        Section section = value.section();
        if (section.find("fraction").isEmpty()) {
            return Validation.from(source(value, binder));
        }
        section.allow(List.of("fraction", "seed"));
        Validation validation = fraction(section.require("fraction"));
        return section.find("seed")
                .map(seed -> validation.drawnBy(seed.whole(Long.MIN_VALUE, Long.MAX_VALUE)))
                .orElse(validation);
    }

    /** A column, a list of columns, or a list of such lists: one per input; {@code none} for none. */
    static Features features(Value value, Binder binder) {
        if (value.isScalar() && value.text().equals(NO_FEATURES)) {
            return Features.NONE;
        }
        if (value.isList() && value.items().isEmpty()) {
            return Features.ALL;
        }

        boolean grouped = value.isList() && value.items().stream().anyMatch(Value::isList);
        List<List<String>> groups =
                grouped ? value.items().stream().map(DataForms::columns).toList() : List.of(columns(value));
        return new Features(groups);
    }

    /** Columns alone, or each with the size of its vectors, {@code auto}, or all its settings. */
    static Categories categories(Value value, Binder binder) {
        if (!value.isSection()) {
            return Categories.of(columns(value).toArray(String[]::new));
        }
        Map<String, Category> columns = new LinkedHashMap<>();
        Section section = value.section();
        for (String column : section.keys()) {
            Value given = section.require(column);
            boolean auto = given.isEmpty() || (given.isScalar() && given.text().equals("auto"));
            columns.put(column, auto ? new Category() : binder.bind(given, Category.class));
        }
        return new Categories(columns);
    }

    static Object plain(Features features) {
        return features.isNone() ? NO_FEATURES : features.groups();
    }

    static Object plain(Source source) {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (source.path() != null) {
            plain.put("path", source.path());
        }
        plain.put("format", source.format());
        plain.put("options", source.options());
        return plain;
    }

    static Object plain(Validation validation) {
        if (validation.source() != null) {
            return validation.source();
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("fraction", validation.fraction());
        if (validation.seed() != null) {
            plain.put("seed", validation.seed());
        }
        return plain;
    }

    private static List<String> columns(Value value) {
        return value.isList() ? value.items().stream().map(Value::text).toList() : List.of(value.text());
    }

    private static Validation fraction(Value value) {
        double fraction = value.number(Double.MAX_VALUE);
        if (!(fraction > 0 && fraction < 1)) {
            throw value.problem("must be between 0 and 1");
        }
        return Validation.fraction(fraction);
    }

    /** As written: {@code header: true} is the text that Spark wants. */
    private static Map<String, String> options(Section source) {
        Map<String, String> options = new LinkedHashMap<>();
        source.find("options")
                .filter(value -> !value.isEmpty())
                .map(Value::section)
                .ifPresent(section -> section.keys()
                        .forEach(key -> options.put(key, section.require(key).text())));
        return options;
    }
}
