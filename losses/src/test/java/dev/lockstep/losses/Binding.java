package dev.lockstep.losses;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes a loss from arguments with PyTorch's names, as the job file does: defaults from the constructor without
 * arguments.
 */
final class Binding {
    private Binding() {}

    static Loss bind(Class<? extends Loss> type, JsonNode args) throws ReflectiveOperationException {
        Loss defaults = type.getConstructor().newInstance();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        List<String> unused = new ArrayList<>();
        args.fieldNames().forEachRemaining(unused::add);
        for (int i = 0; i < values.length; i++) {
            String name = components[i].getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            unused.remove(name);
            values[i] = args.has(name)
                    ? convert(args.get(name), components[i].getType())
                    : components[i].getAccessor().invoke(defaults);
        }
        if (!unused.isEmpty()) {
            throw new AssertionError(type.getSimpleName() + " lacks the arguments " + unused);
        }

        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static Object convert(JsonNode node, Class<?> type) {
        if (node.isNull()) {
            return null;
        } else if (type == Reduction.class) {
            return node.asText().equals("none") ? Reduction.MEAN : Reduction.named(node.asText());
        } else if (type == boolean.class) {
            return node.asBoolean();
        } else if (type == int.class) {
            return node.asInt();
        } else if (type == double.class) {
            return node.asDouble();
        }

        List<Double> values =
                Arrays.stream(GoldenCase.tensor(node).data()).boxed().toList();
        List<Integer> shape =
                Arrays.stream(GoldenCase.tensor(node).shape()).boxed().toList();
        return type == List.class ? values : new ElementWeights(values, shape);
    }
}
