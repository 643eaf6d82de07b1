package dev.lockstep.driver.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes settings from what a file says. Immutable and thread-safe.
 *
 * <p>A record takes a section by component names; an empty value for its defaults; a list by position; one value through a
 * constructor that converts it, else as the first component. A member of a family is written {@code name} or {@code {name:
 * settings}}, where settings that are one value or a list mean the first component.
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
        Form form = Form.of(defaults.getClass());
        Map<String, Value> written = written(changes, form);
        @SuppressWarnings("unchecked")
        T changed = (T) checked(changes.self(), written, () -> form.change(defaults, bound(form, written)));
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
        return family.cast(record(choice.settings(), catalogue.named(choice), true));
    }

    private Object bind(Value value, Type type) {
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
            return checked(value, Map.of(), () -> reader.read(value, this));
        }
        if (families.containsKey(plain)) {
            return member(choice(value, plain), plain);
        }
        return plain.isRecord() ? record(value, plain, false) : Scalars.bind(value, plain);
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

    private Object record(Value value, Class<?> type, boolean member) {
        Form form = Form.of(type);
        if (value.isSection()) {
            return byName(value, form, written(value.section(), form));
        }
        if (value.isEmpty()) {
            return byName(value, form, Map.of());
        }
        if (form.components().isEmpty()) {
            throw value.problem("takes no settings");
        }
        if (value.isList() && !member && !form.beginsWithList()) {
            return byName(value, form, positions(value, form));
        }
        if (form.convertedType().isPresent() && !(value.isList() && form.beginsWithList())) {
            Object single = bind(value, form.convertedType().get());
            return checked(value, Map.of(), () -> form.convert(single));
        }
        return byName(value, form, Map.of(form.components().get(0).getName(), value));
    }

    private static Map<String, Value> positions(Value value, Form form) {
        List<Value> items = value.items();
        if (items.size() > form.components().size()) {
            throw value.problem("must have at most " + form.components().size() + " items");
        }

        Map<String, Value> written = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            written.put(form.components().get(i).getName(), items.get(i));
        }
        return written;
    }

    private static Map<String, Value> written(Section section, Form form) {
        section.allow(form.keys());
        Map<String, Value> written = new LinkedHashMap<>();
        for (RecordComponent component : form.components()) {
            section.find(Names.snake(component.getName())).ifPresent(value -> written.put(component.getName(), value));
        }
        return written;
    }

    private Object byName(Value value, Form form, Map<String, Value> written) {
        Problems problems = new Problems();
        for (RecordComponent component : form.components()) {
            Value given = written.get(component.getName());
            problems.collect(() -> {
                if (form.requires(component) && given == null) {
                    throw value.missing(Names.snake(component.getName()));
                }
                if (form.requires(component) && given.isEmpty()) {
                    throw given.problem("must not be empty");
                }
            });
        }
        problems.throwIfAny();
        return checked(value, written, () -> form.make(bound(form, written)));
    }

    private Map<String, Object> bound(Form form, Map<String, Value> written) {
        Map<String, Object> bound = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (RecordComponent component : form.components()) {
            Value value = written.get(component.getName());
            if (value != null) {
                problems.collect(() -> bound.put(component.getName(), bind(value, component.getGenericType())));
            }
        }
        problems.throwIfAny();
        return bound;
    }

    private static Object checked(Value value, Map<String, Value> written, Supplier<Object> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Refusal.of(e, value, written);
        }
    }
}
