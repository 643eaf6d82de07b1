package dev.lockstep.driver.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes settings from what a file says. Immutable and thread-safe.
 *
 * <p>A record takes a section by component names; an empty value for its defaults; a list by position; one value
 * through a constructor that converts it, else as the first component. A member of a family is written {@code name} or
 * {@code {name: settings}}, where settings that are one value or a list mean the first component.
 */
public final class Binder {
    /** Reads a type that has a form of its own in files. */
    public interface Reader<T> {
        T read(Value value, Binder binder);
    }

    private final Map<Class<?>, Catalogue<?>> families;
    private final Map<Class<?>, Reader<?>> readers;

    private Binder(Map<Class<?>, Catalogue<?>> families, Map<Class<?>, Reader<?>> readers) {
        this.families = families;
        this.readers = readers;
    }

    /** A binder for records of plain values only. */
    public static Binder plain() {
        return new Binder(Map.of(), Map.of());
    }

    public Binder with(Catalogue<?> family) {
        Map<Class<?>, Catalogue<?>> changed = new HashMap<>(families);
        changed.put(family.type(), family);
        return new Binder(changed, readers);
    }

    public <T> Binder with(Class<T> type, Reader<T> reader) {
        Map<Class<?>, Reader<?>> changed = new HashMap<>(readers);
        changed.put(type, reader);
        return new Binder(families, changed);
    }

    /** Null where the value is empty, as {@code null} or {@code ~}. */
    public <T> T bind(Value value, Class<T> type) {
        return type.cast(bind(value, (Type) type));
    }

    /** A list of which one item needs no list. */
    public <T> List<T> bindList(Value value, Class<T> element) {
        return list(value, element).stream().map(element::cast).toList();
    }

    /** The settings of {@code defaults} with those given here changed; {@code defaults} is a record. */
    public <T> T change(T defaults, Section changes) {
        @SuppressWarnings("unchecked")
        T changed = (T) records().change(defaults, changes);
        return changed;
    }

    /** The member of a family that {@code value} names. */
    public Choice choice(Value value, Class<?> family) {
        return choice(value, family, List.of());
    }

    /** @param others keys that may stand beside the member's name */
    public Choice choice(Value value, Class<?> family, Collection<String> others) {
        Catalogue<?> catalogue = families.get(family);
        if (value.isScalar()) {
            return new Choice(value.text(), value, value.emptied());
        }

        List<String> names = new ArrayList<>();
        if (value.isSection()) {
            names.addAll(value.section().keys());
            names.removeAll(others);
        }
        if (names.size() != 1) {
            names.retainAll(catalogue.members().keySet());
        }
        if (names.size() != 1) {
            throw value.problem("must be the name of one " + catalogue.noun() + ", alone or with its settings");
        }
        Section section = value.section();
        section.allow(Stream.concat(names.stream(), others.stream()).toList());
        Value settings = section.require(names.get(0));
        return new Choice(names.get(0), settings, settings);
    }

    /** Makes the member that was chosen. */
    public <T> T member(Choice choice, Class<T> family) {
        @SuppressWarnings("unchecked")
        Catalogue<T> catalogue = (Catalogue<T>) families.get(family);
        return family.cast(records().member(choice.settings(), catalogue.named(choice)));
    }

    private RecordBinder records() {
        return new RecordBinder(this);
    }

    Object bind(Value value, Type type) {
        if (type instanceof WildcardType wildcard) {
            return bind(value, wildcard.getUpperBounds()[0]);
        }
        if (type instanceof Class<?> primitive && primitive.isPrimitive()) {
            return Scalars.bind(value, primitive);
        }
        if (value.isEmpty()) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class
                    ? map(value, generic.getActualTypeArguments()[1])
                    : list(value, generic.getActualTypeArguments()[0]);
        }

        Class<?> plain = (Class<?>) type;
        Reader<?> reader = readers.get(plain);
        if (reader != null) {
            return RecordBinder.checked(value, Map.of(), () -> reader.read(value, this));
        }
        if (families.containsKey(plain)) {
            return member(choice(value, plain), plain);
        }
        return plain.isRecord() ? records().nested(value, plain) : Scalars.bind(value, plain);
    }

    /** One value is a list of one. */
    private List<Object> list(Value value, Type element) {
        List<Object> items = new ArrayList<>();
        for (Value item : value.isList() ? value.items() : List.of(value)) {
            if (item.isEmpty()) {
                throw item.problem("must not be empty");
            }
            items.add(bind(item, element));
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, Object> map(Value value, Type element) {
        Section section = value.section();
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String key : section.keys()) {
            entries.put(key, bind(section.find(key).orElseThrow(), element));
        }
        return Collections.unmodifiableMap(entries);
    }
}
