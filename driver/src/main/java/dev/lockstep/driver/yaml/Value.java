package dev.lockstep.driver.yaml;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A node that knows how one gets to it, and so can say what is wrong with it. Immutable.
 *
 * @param path keys from the root, as {@code model.layers[2].linear}; empty for the root
 * @param place of the key, or of the value where there is none
 */
public record Value(YamlNode node, String path, SourceLine place) {
    private static final int SHOWN = 60;
    private static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

    public static Value root(YamlNode node) {
        return new Value(node, "", node.place());
    }

    public boolean isEmpty() {
        return node instanceof YamlNode.Scalar scalar && scalar.text() == null;
    }

    /** This section without one of its keys. */
    public Value without(String key) {
        return node instanceof YamlNode.Fields fields ? new Value(fields.without(key), path, place) : this;
    }

    /** An empty value at the same place. */
    Value emptied() {
        return new Value(new YamlNode.Scalar(node.place(), null), path, place);
    }

    public boolean isScalar() {
        return node instanceof YamlNode.Scalar scalar && scalar.text() != null;
    }

    public boolean isList() {
        return node instanceof YamlNode.Items;
    }

    public boolean isSection() {
        return node instanceof YamlNode.Fields;
    }

    /** The text as written, whatever YAML would take it for. */
    public String text() {
        if (!isScalar()) {
            throw problem(isEmpty() ? "must not be empty" : "must be one value");
        }
        return ((YamlNode.Scalar) node).text();
    }

    public boolean bool() {
        Boolean value = BOOLEANS.get(text().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw problem("must be true or false");
        }
        return value;
    }

    /** A whole number within the bounds, which are those of a type. */
    public long whole(long min, long max) {
        return NumberText.whole(this, min, max);
    }

    /** Any number of at most the given size, or an infinity. */
    public double number(double max) {
        return NumberText.number(this, max);
    }

    public List<Value> items() {
        if (!(node instanceof YamlNode.Items list)) {
            throw problem("must be a list");
        }

        List<Value> values = new ArrayList<>();
        for (YamlNode item : list.items()) {
            values.add(new Value(item, path + "[" + values.size() + "]", item.place()));
        }
        return values;
    }

    public Section section() {
        if (!(node instanceof YamlNode.Fields fields)) {
            throw problem("must be a section of keys and values");
        }
        return new Section(this, fields.fields());
    }

    /**
     * The value at {@code path}, keys with dots between and perhaps in them, or the last one on the way to it that is
     * there.
     */
    public Value nearest(String path) {
        for (int end = path.length(); isSection() && end > 0; end = path.lastIndexOf('.', end - 1)) {
            Optional<Value> inner = section().find(path.substring(0, end));
            if (inner.isPresent()) {
                return end == path.length() ? inner.get() : inner.get().nearest(path.substring(end + 1));
            }
        }
        return this;
    }

    /** An error about a key that should be in this section. */
    public JobFileException missing(String key) {
        return new JobFileException(place + ": " + (path.isEmpty() ? "" : path + ".") + key + " is missing");
    }

    /** @param rule what the value must do, as "must be above 0" */
    public JobFileException problem(String rule) {
        return new JobFileException(at() + " " + rule + ": " + shown());
    }

    /** @param rule as "is not a known loss"; the nearest of {@code known} is suggested */
    public JobFileException unknown(String rule, String word, Collection<String> known) {
        return new JobFileException(at() + " " + rule + ": " + shown() + Nearest.hint(word, known));
    }

    /** An error whose text says all but the place. */
    public JobFileException refused(String text, Throwable cause) {
        return new JobFileException(path.isEmpty() ? place + ": " + text : at() + ": " + text, cause);
    }

    private String at() {
        return path.isEmpty() ? place + ": The file" : place + ": " + path;
    }

    private String shown() {
        String text = node.shown();
        String name = path.isEmpty() ? "content" : path.substring(path.lastIndexOf('.') + 1);
        return name + "=" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }
}
