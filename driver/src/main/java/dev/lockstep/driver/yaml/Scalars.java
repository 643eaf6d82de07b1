package dev.lockstep.driver.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes single values of Java from single values of a file. */
final class Scalars {
    private Scalars() {}

    static Object bind(Value value, Class<?> type) {
        if (type == String.class) {
            return value.text();
        }
        if (type == int.class || type == Integer.class) {
            return (int) value.whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return value.whole(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return value.number(Double.MAX_VALUE);
        }
        if (type == float.class || type == Float.class) {
            return (float) value.number(Float.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return value.bool();
        }
        if (type.isEnum()) {
            return constant(value, type);
        }
        throw new IllegalStateException("Settings cannot have this type: type=" + type.getName());
    }

    private static Object constant(Value value, Class<?> type) {
        String text = value.text().toLowerCase(Locale.ROOT);
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        List<String> names = constants.stream().map(Names::of).toList();
        if (!names.contains(text)) {
            throw value.problem("must be one of " + String.join(", ", names));
        }
        return constants.get(names.indexOf(text));
    }
}
