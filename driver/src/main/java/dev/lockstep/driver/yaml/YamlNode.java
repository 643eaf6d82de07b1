package dev.lockstep.driver.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a YAML file says and where, before anyone asks what it means. Immutable. */
public sealed interface YamlNode {
    SourceLine place();

    /** The node as YAML on one line. */
    String shown();

    /** @param text as written, without quotes; null for an empty or null value */
    record Scalar(SourceLine place, String text) implements YamlNode {
        @Override
        public String shown() {
            return String.valueOf(text);
        }
    }

    record Items(SourceLine place, List<YamlNode> items) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return items.stream().map(YamlNode::shown).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** Keys and values in the order of the file. */
    record Fields(SourceLine place, Map<String, Field> fields) implements YamlNode {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        Fields with(String key, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.put(key, field);
            return new Fields(place, changed);
        }

        Fields without(String key) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Fields(place, changed);
        }

        /** These fields, and if {@code key} is not among them, it with {@code text}. */
        public Fields orElse(String key, String text) {
            return fields.containsKey(key) ? this : with(key, new Field(place, new Scalar(place, text)));
        }

        @Override
        public String shown() {
            return fields.entrySet().stream()
                    .map(field ->
                            field.getKey() + ": " + field.getValue().value().shown())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** @param place of the key, which may be lines above that of the value */
    record Field(SourceLine place, YamlNode value) {}
}
