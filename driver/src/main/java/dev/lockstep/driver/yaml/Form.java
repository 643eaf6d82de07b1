package dev.lockstep.driver.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a record of settings is made from named values: the parameters of its shortest public constructor are required,
 * what that constructor fills in are the defaults of the others. A constructor with one parameter that is no component
 * converts a single value.
 */
final class Form {
    private final Class<?> type;
    private final List<RecordComponent> components;
    private final Constructor<?> canonical;
    private final Constructor<?> shortest;

    private Form(Class<?> type) {
        this.type = type;
        this.components = List.of(type.getRecordComponents());
        this.canonical = canonical(type);
        Set<String> names = components.stream().map(RecordComponent::getName).collect(Collectors.toSet());
        this.shortest = Arrays.stream(type.getConstructors())
                .filter(constructor -> names.containsAll(parameterNames(constructor)))
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElse(canonical);
    }

    static Form of(Class<?> type) {
        return new Form(type);
    }

    List<RecordComponent> components() {
        return components;
    }

    List<String> keys() {
        return components.stream()
                .map(component -> Names.snake(component.getName()))
                .toList();
    }

    /** Whether a list in a file can only mean the first component. */
    boolean beginsWithList() {
        return components.get(0).getGenericType() instanceof ParameterizedType;
    }

    boolean requires(RecordComponent component) {
        return parameterNames(shortest).contains(component.getName());
    }

    /** The type of a single value that the record can be made from. */
    Optional<Type> convertedType() {
        return conversion().map(constructor -> constructor.getGenericParameterTypes()[0]);
    }

    Object convert(Object value) {
        return make(conversion().orElseThrow(), value);
    }

    /** @param given by component name; has the required ones */
    Object make(Map<String, Object> given) {
        if (shortest == canonical) {
            return make(canonical, values(given, null));
        }
        return change(make(shortest, requiredOf(given)), given);
    }

    /** A record that differs from {@code defaults} in what is given. */
    Object change(Object defaults, Map<String, Object> given) {
        return given.isEmpty() ? defaults : make(canonical, values(given, defaults));
    }

    private Object[] requiredOf(Map<String, Object> given) {
        return parameterNames(shortest).stream().map(given::get).toArray();
    }

    private Object[] values(Map<String, Object> given, Object defaults) {
        return components.stream()
                .map(component -> given.containsKey(component.getName())
                        ? given.get(component.getName())
                        : read(component, defaults))
                .toArray();
    }

    static Object read(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException("Setting cannot be read: component=" + component, e);
        }
    }

    private Optional<Constructor<?>> conversion() {
        Set<String> names = components.stream().map(RecordComponent::getName).collect(Collectors.toSet());
        return Arrays.<Constructor<?>>stream(type.getConstructors())
                .filter(constructor -> constructor.getParameterCount() == 1)
                .filter(constructor -> !names.containsAll(parameterNames(constructor)))
                .findFirst();
    }

    private static Constructor<?> canonical(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Settings must be a public record: type=" + type.getName(), e);
        }
    }

    private static List<String> parameterNames(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameters())
                .map(Parameter::getName)
                .toList();
    }

    /** Passes on what the record's constructor throws. */
    private static Object make(Constructor<?> constructor, Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("Settings cannot be made: constructor=" + constructor, e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("Settings cannot be made: constructor=" + constructor, e);
        }
    }
}
