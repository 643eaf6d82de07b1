package dev.lockstep.driver.yaml;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys and values of one level of a file. Immutable. */
public final class Section {
    private final Value self;
    private final Map<String, YamlNode.Field> fields;

    Section(Value self, Map<String, YamlNode.Field> fields) {
        this.self = self;
        this.fields = fields;
    }

    public Value self() {
        return self;
    }

    /** In the order of the file. */
    public Set<String> keys() {
        return fields.keySet();
    }

    /** The value of a key that is there, even if it is an empty one. */
    public Optional<Value> find(String key) {
        YamlNode.Field field = fields.get(key);
        return field == null ? Optional.empty() : Optional.of(new Value(field.value(), pathOf(key), field.place()));
    }

    public Value require(String key) {
        return find(key).orElseThrow(() -> self.missing(key));
    }

    /** Refuses keys that nobody reads. */
    public void allow(Collection<String> known) {
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                throw find(key).orElseThrow().unknown("is not a known key", key, known);
            }
        }
    }

    private String pathOf(String key) {
        return self.path().isEmpty() ? key : self.path() + "." + key;
    }
}
