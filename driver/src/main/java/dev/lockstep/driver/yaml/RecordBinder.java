package dev.lockstep.driver.yaml;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes one record from a section, a list or a single value. */
record RecordBinder(Binder binder) {
    /** A member of a family: a list can only mean its first component. */
    Object member(Value value, Class<?> type) {
        return record(value, Form.of(type), /* positional */ false);
    }

    /** Any other record: a list is its components by position. */
    Object nested(Value value, Class<?> type) {
        return record(value, Form.of(type), /* positional */ true);
    }

    Object change(Object defaults, Section changes) {
        Form form = Form.of(defaults.getClass());
        Map<String, Value> written = written(changes, form);
        return checked(changes.self(), written, () -> form.change(defaults, bound(form, written)));
    }

    private Object record(Value value, Form form, boolean positional) {
        if (value.isSection()) {
            return byName(value, form, written(value.section(), form));
        }
        if (value.isEmpty()) {
            return byName(value, form, Map.of());
        }
        if (form.components().isEmpty()) {
            throw value.problem("takes no settings");
        }
        if (value.isList() && positional && !form.beginsWithList()) {
            return byName(value, form, positions(value, form));
        }
        if (form.convertedType().isPresent() && !(value.isList() && form.beginsWithList())) {
            Object single = binder.bind(value, form.convertedType().get());
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
                problems.collect(() -> bound.put(component.getName(), binder.bind(value, component.getGenericType())));
            }
        }
        problems.throwIfAny();
        return bound;
    }

    static <T> T checked(Value value, Map<String, Value> written, Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Refusal.of(e, value, written);
        }
    }
}
