package dev.lockstep.driver.yaml;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way back from settings to what a file says: maps, lists and single values that a {@link Binder} with the same
 * families reads as equal settings. Immutable and thread-safe.
 */
public final class Unbinder {
    private final List<Catalogue<?>> families;
    private final Map<Class<?>, Function<Object, Object>> writers;

    private Unbinder(List<Catalogue<?>> families, Map<Class<?>, Function<Object, Object>> writers) {
        this.families = families;
        this.writers = writers;
    }

    public static Unbinder of(List<Catalogue<?>> families) {
        return new Unbinder(List.copyOf(families), Map.of());
    }

    /** Writes a type that has a form of its own; the result is taken apart in its turn. */
    public <T> Unbinder with(Class<T> type, Function<T, Object> writer) {
        Map<Class<?>, Function<Object, Object>> changed = new HashMap<>(writers);
        changed.put(type, settings -> writer.apply(type.cast(settings)));
        return new Unbinder(families, changed);
    }

    /** Maps keep their order and have strings as keys; single values are strings, numbers, booleans or null. */
    public Object plain(Object settings) {
        if (settings == null
                || settings instanceof Number
                || settings instanceof Boolean
                || settings instanceof String) {
            return settings;
        }
        if (settings instanceof Enum<?> constant) {
            return Names.of(constant);
        }
        if (settings instanceof Collection<?> items) {
            return items.stream().map(this::plain).toList();
        }
        if (settings instanceof Map<?, ?> map) {
            return entries(map);
        }
        Optional<Function<Object, Object>> writer = writers.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(settings))
                .map(Map.Entry::getValue)
                .findFirst();
        return writer.isPresent() ? plain(writer.get().apply(settings)) : named(settings);
    }

    /** A member's own components, without its name. */
    public Map<String, Object> components(Object settings) {
        Map<String, Object> components = parts(settings);
        components.replaceAll((name, part) -> plain(part));
        return components;
    }

    /** A record's components as they are, by their names in files. */
    public static Map<String, Object> parts(Object settings) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            parts.put(Names.snake(component.getName()), Form.read(component, settings));
        }
        return parts;
    }

    private Object named(Object settings) {
        if (!settings.getClass().isRecord()) {
            throw new IllegalArgumentException(
                    "Only records can be written: type=" + settings.getClass().getName());
        }

        Optional<String> name = nameOf(settings);
        boolean nameless = name.isEmpty()
                && families.stream().anyMatch(family -> family.type().isInstance(settings));
        if (nameless) {
            throw new IllegalArgumentException("Only what a catalogue names can be written: settings=" + settings);
        }

        Map<String, Object> components = components(settings);
        return name.<Object>map(known -> components.isEmpty() ? known : Map.of(known, components))
                .orElse(components);
    }

    /** The name in files of a member of a family; empty for any other settings. */
    public Optional<String> nameOf(Object settings) {
        return families.stream()
                .flatMap(family -> family.nameOf(settings.getClass()).stream())
                .findFirst();
    }

    private Map<String, Object> entries(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put((String) key, plain(value)));
        return entries;
    }
}
