package dev.lockstep.driver.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, as its tests see it. */
record DocPage(String text) {
    private static final Pattern SECTION = Pattern.compile("\n## (\\w+)\n(.*?)(?=\n## |\\z)", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\n\\| \\[`(\\w+)`\\]\\(#(\\w+)\\) \\|([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    static DocPage of(String name) {
        try {
            return new DocPage(Files.readString(Path.of("..").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The examples of each section whose heading is one word. */
    Map<String, List<String>> examples() {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            examples.put(section.group(1), all(YAML, section.group(2)));
        }
        return examples;
    }

    /** The names that a table links to sections, and the settings in the next column: {@code [out, bias: true]}. */
    Map<String, List<String>> settings() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            List<String> settings = new ArrayList<>();
            all(CODE, row.group(3)).forEach(code -> settings.addAll(List.of(code.split(", (?![^\\[]*\\])"))));
            rows.put(row.group(1), settings);
        }
        return rows;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
