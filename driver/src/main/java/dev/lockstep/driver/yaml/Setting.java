package dev.lockstep.driver.yaml;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A key of a file set from outside it, as {@code train.workers=4} or {@code model.layers[2].dropout=0.1}. */
public final class Setting {
    private final String argument;
    private final String[] path;
    private final YamlNode value;

    private Setting(String argument, String[] path, YamlNode value) {
        this.argument = argument;
        this.path = path;
        this.value = value;
    }

    /** @param text key path, equals sign, and a value in YAML */
    public static Setting of(String text) {
        String argument = "--set " + text;
        int equals = text.indexOf('=');
        if (equals < 1 || !text.substring(0, equals).matches("[^.\\[\\]]+(\\.[^.\\[\\]]+|\\[[0-9]+]){0,99}")) {
            throw new JobFileException(
                    argument + ": An override must have the form key.key=value, with up to 100 keys");
        }

        return new Setting(
                argument, keys(text.substring(0, equals)), YamlTree.ofArgument(argument, text.substring(equals + 1)));
    }

    /**
     * One that a program sets.
     *
     * @param source what errors call it
     * @param path of keys
     * @param value in YAML
     */
    public static Setting of(String source, String path, String value) {
        return new Setting(source, keys(path), YamlTree.ofArgument(source, value));
    }

    private static String[] keys(String path) {
        return path.replace("[", ".").replace("]", "").split("\\.");
    }

    /** Whether the tree says anything of this key, or of what it is part of. */
    public boolean isIn(YamlNode root) {
        YamlNode node = root;
        for (String key : path) {
            if (!(node instanceof YamlNode.Fields fields)) {
                return !(node instanceof YamlNode.Scalar scalar && scalar.text() == null);
            }
            if (!fields.fields().containsKey(key)) {
                return false;
            }
            node = fields.fields().get(key).value();
        }
        return true;
    }

    /** The tree with this value in it; sections that are not there are made. */
    public YamlNode in(YamlNode root) {
        return changed(root, 0);
    }

    private YamlNode changed(YamlNode node, int depth) {
        if (depth == path.length) {
            return value;
        }
        if (node instanceof YamlNode.Items list) {
            return changedItems(list, depth);
        }

        Map<String, YamlNode.Field> fields = fieldsOf(node, depth);
        YamlNode.Field before = fields.get(path[depth]);
        YamlNode inner = before == null ? new YamlNode.Scalar(place(), null) : before.value();
        // An existing section keeps its place: only what was set is blamed on the argument.
        SourceLine keyPlace = before == null || depth == path.length - 1 ? place() : before.place();
        return new YamlNode.Fields(node.place(), fields)
                .with(path[depth], new YamlNode.Field(keyPlace, changed(inner, depth + 1)));
    }

    private YamlNode changedItems(YamlNode.Items list, int depth) {
        int index = path[depth].matches("[0-9]{1,9}")
                ? Integer.parseInt(path[depth])
                : list.items().size();
        if (index >= list.items().size()) {
            throw new JobFileException(argument + ": " + reached(depth) + " has no such item: index=" + path[depth]
                    + ", items=" + list.items().size());
        }

        List<YamlNode> items = new ArrayList<>(list.items());
        items.set(index, changed(items.get(index), depth + 1));
        return new YamlNode.Items(list.place(), items);
    }

    /** A bare word is the section that gives only a name: {@code adam} is {@code {adam: {}}}. */
    private Map<String, YamlNode.Field> fieldsOf(YamlNode node, int depth) {
        if (node instanceof YamlNode.Fields section) {
            return section.fields();
        }
        String text = ((YamlNode.Scalar) node).text();
        if (text != null && !text.equals(path[depth])) {
            throw new JobFileException(argument + ": " + reached(depth) + " is not a section: value=" + text
                    + ". Set it whole: --set " + reached(depth) + "={...}");
        }
        return Map.of();
    }

    private String reached(int depth) {
        return String.join(".", List.of(path).subList(0, depth));
    }

    private SourceLine place() {
        return new SourceLine(argument, 0);
    }
}
