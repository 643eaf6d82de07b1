package dev.lockstep.driver.yaml;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes maps, lists and single values as YAML: on one line what fits there, indented what does not. */
public final class YamlText {
    private static final int COLUMNS = 100;
    private static final String INDENT = "  ";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Set<String> WORDS =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** @param document in the form that {@link Unbinder#plain} gives */
    public static String of(Map<String, ?> document) {
        YamlText yaml = new YamlText();
        yaml.map(document, "");
        return yaml.text.toString();
    }

    /** A part of one, on one line. */
    public static String line(Object part) {
        return flow(part);
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            text.append(indent).append(scalar(key)).append(':');
            value(value, indent, indent.length() + scalar(key).length() + 1);
        });
    }

    private void list(List<?> list, String indent) {
        for (Object item : list) {
            text.append(indent).append('-');
            value(item, indent, indent.length() + 1);
        }
    }

    /** What follows a colon or a dash, and the end of the line. */
    private void value(Object value, String indent, int column) {
        String line = flow(value);
        boolean nested = value instanceof Map<?, ?> || value instanceof List<?>;
        if (!nested || column + 1 + line.length() <= COLUMNS) {
            text.append(' ').append(line).append('\n');
        } else if (value instanceof Map<?, ?> map) {
            text.append('\n');
            map(map, indent + INDENT);
        } else if (isFlat((List<?>) value)) {
            wrapped((List<?>) value, indent + INDENT);
        } else {
            text.append('\n');
            list((List<?>) value, indent + INDENT);
        }
    }

    /** A long list of single values over several lines. */
    private void wrapped(List<?> list, String indent) {
        text.append(" [");
        int column = COLUMNS;
        for (int i = 0; i < list.size(); i++) {
            String item = flow(list.get(i)) + (i < list.size() - 1 ? "," : "]");
            if (column + 1 + item.length() > COLUMNS) {
                text.append('\n').append(indent).append(item);
                column = indent.length() + item.length();
            } else {
                text.append(' ').append(item);
                column += 1 + item.length();
            }
        }
        text.append('\n');
    }

    private static boolean isFlat(List<?> list) {
        return list.stream().noneMatch(item -> item instanceof Map<?, ?> || item instanceof List<?>);
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, inner) -> entries.add(scalar(key) + ": " + flow(inner)));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(YamlText::flow).toList()) + "]";
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return number(value.toString());
        }
        if (value instanceof String string) {
            boolean plain = PLAIN.matcher(string).matches() && !WORDS.contains(string.toLowerCase(Locale.ROOT));
            return plain ? string : quoted(string);
        }
        return String.valueOf(value);
    }

    private static String quoted(String string) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(string)) + '"';
    }

    /** YAML 1.1 wants the exponent's sign and has its own word for infinity. */
    private static String number(String text) {
        return switch (text) {
            case "Infinity" -> ".inf";
            case "-Infinity" -> "-.inf";
            case "NaN" -> ".nan";
            default -> text.replaceFirst("E(?=[0-9])", "e+").replace('E', 'e');
        };
    }
}
