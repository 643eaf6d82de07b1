package dev.lockstep.optim;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/**
 * Builds settings from PyTorch's arguments as a job file does: the shortest constructor takes what is required and
 * gives the rest its default, and the canonical one takes everything.
 */
public final class RecordBinder {
    private final BiFunction<JsonNode, Class<?>, Object> elements;

    /** @param elements makes the members of lists whose type is not a number or text */
    public RecordBinder(BiFunction<JsonNode, Class<?>, Object> elements) {
        this.elements = elements;
    }

    public RecordBinder() {
        this((node, type) -> {
            throw new IllegalArgumentException("No binding: type=" + type);
        });
    }

    /** The member of a catalogue that is PyTorch's class: {@code StepLR} is {@code step}. */
    public static <T> Class<? extends T> find(Map<String, Class<? extends T>> catalogue, String pytorch) {
        String wanted = plain(pytorch.replaceAll("LR$", ""));
        return catalogue.entrySet().stream()
                .filter(entry -> plain(entry.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Not in the catalogue: name=" + pytorch));
    }

    public <T> T bind(Class<T> type, JsonNode args) {
        args.fieldNames().forEachRemaining(name -> {
            if (Arrays.stream(type.getRecordComponents())
                    .noneMatch(c -> plain(c.getName()).equals(plain(name)))) {
                throw new AssertionError("Setting has no component: type=" + type + ", name=" + name);
            }
        });
        Object defaults = construct(shortest(type), args, null);
        return type.cast(construct(canonical(type), args, defaults));
    }

    /** The same settings with other values for those that are named. */
    @SuppressWarnings("unchecked")
    public static <T> T with(T settings, JsonNode args) {
        return (T) new RecordBinder().construct(canonical(settings.getClass()), args, settings);
    }

    private Object construct(Constructor<?> constructor, JsonNode args, Object defaults) {
        Parameter[] parameters = constructor.getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            JsonNode arg = argument(args, parameters[i].getName());
            if (arg == null && defaults == null) {
                throw new IllegalArgumentException("Setting is missing: name=" + parameters[i].getName());
            }

            values[i] = arg == null
                    ? component(defaults, parameters[i].getName())
                    : value(arg, parameters[i].getType(), parameters[i].getParameterizedType());
        }

        return call(constructor, values);
    }

    private Object value(JsonNode node, Class<?> type, Type generic) {
        if (node.isNull()) {
            return null;
        } else if (type == double.class) {
            return Golden.number(node);
        } else if (type == int.class || type == Integer.class) {
            return (int) Golden.number(node);
        } else if (type == boolean.class) {
            return node.asBoolean();
        } else if (type.isEnum()) {
            return constant(type, node.asText());
        } else if (type == List.class) {
            return list(node, generic);
        }

        return type.isRecord() ? nested(node, type) : elements.apply(node, type);
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.toString().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown: " + type.getSimpleName() + "=" + name));
    }

    private List<?> list(JsonNode node, Type generic) {
        Class<?> element = (Class<?>) ((java.lang.reflect.ParameterizedType) generic).getActualTypeArguments()[0];
        return StreamSupport.stream(node.spliterator(), false)
                .map(each -> element == Double.class
                        ? (Object) Golden.number(each)
                        : element == Integer.class ? (Object) each.asInt() : elements.apply(each, element))
                .toList();
    }

    /**
     * From a list through the constructor that takes one, else position by position; from a scalar through that of one
     * argument.
     */
    private Object nested(JsonNode node, Class<?> type) {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(each ->
                        each.getParameterCount() == 1 && (each.getParameterTypes()[0] == List.class) == node.isArray())
                .findFirst()
                .orElseGet(() -> canonical(type));
        Parameter[] parameters = constructor.getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            JsonNode each = parameters.length == 1 ? node : node.get(i);
            values[i] = value(each, parameters[i].getType(), parameters[i].getParameterizedType());
        }

        return call(constructor, values);
    }

    private static JsonNode argument(JsonNode args, String name) {
        return args.properties().stream()
                .filter(field -> plain(field.getKey()).equals(plain(name)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Constructor<?> shortest(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
    }

    private static Constructor<?> canonical(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Object component(Object record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(Constructor<?> constructor, Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }

            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
