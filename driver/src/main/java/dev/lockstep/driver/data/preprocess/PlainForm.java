package dev.lockstep.driver.data.preprocess;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How fitted preprocessing is written down and read back. Doubles survive a text that writes all their digits. */
final class PlainForm {
    private PlainForm() {}

    static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static Preprocess read(Map<?, ?> map) {
        try {
            if (map.containsKey("chain")) {
                List<?> steps = (List<?>) map.get("chain");
                return new Chain(
                        steps.stream().map(step -> read((Map<?, ?>) step)).toList());
            }
            if (map.containsKey("fill")) {
                Map<?, ?> fill = (Map<?, ?>) map.get("fill");
                int[] marked = Arrays.stream(array(fill, "marked"))
                        .mapToInt(place -> (int) place)
                        .toArray();
                return new Fill(array(fill, "values"), marked);
            }
            if (map.containsKey("all_but_last")) {
                Map<?, ?> spared = (Map<?, ?>) map.get("all_but_last");
                return new AllButLast(((Number) spared.get("last")).intValue(), read((Map<?, ?>) spared.get("others")));
            }
            if (map.containsKey("scaling")) {
                Map<?, ?> scaling = (Map<?, ?>) map.get("scaling");
                return new Scaling(array(scaling, "shift"), array(scaling, "scale"));
            }
            if (map.containsKey("projection")) {
                Map<?, ?> projection = (Map<?, ?>) map.get("projection");
                List<?> directions = (List<?>) projection.get("directions");
                return new Projection(
                        array(projection, "mean"),
                        directions.stream().map(PlainForm::array).toArray(double[][]::new));
            }
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("Preprocessing is stored in a wrong form: keys=" + map.keySet(), e);
        }
        throw new IllegalArgumentException("Preprocessing is stored in a wrong form: keys=" + map.keySet());
    }

    private static double[] array(Map<?, ?> map, String key) {
        return array(map.get(key));
    }

    private static double[] array(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
}
