package dev.lockstep.params.sim;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Optimizers;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every optimizer of the catalogue twice: with its defaults, and with all that keeps more state. A new one joins by
 * itself, because its settings are found by their names.
 */
final class CatalogueOptimizers {
    private static final double LR = 0.05;

    private static final Map<String, Object> LIVELY = Map.ofEntries(
            Map.entry("lr", LR),
            Map.entry("momentum", 0.9),
            Map.entry("weightDecay", 0.01),
            Map.entry("nesterov", true),
            Map.entry("amsgrad", true),
            Map.entry("centered", true),
            Map.entry("lrDecay", 0.05),
            Map.entry("initialAccumulatorValue", 0.25),
            Map.entry("lambd", 0.01),
            Map.entry("t0", 4.0),
            Map.entry("decoupledWeightDecay", true));

    private CatalogueOptimizers() {}

    static Stream<Optimizer> all() {
        return Optimizers.byName().values().stream()
                .map(CatalogueOptimizers::plain)
                .flatMap(plain -> Stream.of(plain, lively(plain)).distinct());
    }

    private static Optimizer plain(Class<? extends Optimizer> type) {
        Constructor<?> shortest = Arrays.stream(type.getConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        Object[] required = new Object[shortest.getParameterCount()];
        Arrays.fill(required, LR);
        return make(shortest, required);
    }

    private static Optimizer lively(Optimizer plain) {
        RecordComponent[] components = plain.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object usual = read(components[i], plain);
            values[i] = LIVELY.getOrDefault(components[i].getName(), usual);
        }

        Constructor<?> canonical = Arrays.stream(plain.getClass().getConstructors())
                .filter(each -> each.getParameterCount() == values.length)
                .findFirst()
                .orElseThrow();
        return make(canonical, values);
    }

    private static Object read(RecordComponent component, Optimizer of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Setting cannot be read: setting=" + component, e);
        }
    }

    private static Optimizer make(Constructor<?> constructor, Object... values) {
        try {
            return (Optimizer) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Optimizer cannot be made: constructor=" + constructor, e);
        }
    }
}
