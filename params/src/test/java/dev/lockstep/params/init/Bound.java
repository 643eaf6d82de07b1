package dev.lockstep.params.init;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Makes an initialiser from its name and arguments as the job file does: shortest constructor, defaults from its
 * accessors.
 */
final class Bound {
    private Bound() {}

    static Initializer of(String name, JsonNode args) {
        Class<? extends Initializer> type = Initializers.byName().get(name);
        try {
            Object defaults = defaults(type, args);
            RecordComponent[] components = type.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                JsonNode given = args.get(components[i].getName());
                values[i] = given == null
                        ? components[i].getAccessor().invoke(defaults)
                        : value(components[i].getType(), given);
            }

            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object defaults(Class<?> type, JsonNode args) throws ReflectiveOperationException {
        Constructor<?> shortest = Arrays.stream(type.getConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        return shortest.newInstance(Arrays.stream(shortest.getParameters())
                .map(p -> value(p.getType(), args.get(p.getName())))
                .toArray());
    }

    private static Object value(Class<?> type, JsonNode given) {
        if (type == FanMode.class) {
            return FanMode.named(given.asText());
        }
        if (type == Nonlinearity.class) {
            return Nonlinearity.named(given.asText());
        }

        return type == int.class ? (Object) given.asInt() : (Object) given.asDouble();
    }
}
