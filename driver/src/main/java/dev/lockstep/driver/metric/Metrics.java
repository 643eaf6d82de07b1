package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The catalogue: each metric under its name in a job file. A new one joins by one line. */
public final class Metrics {
    private static final Set<String> SMALLER = Set.of("loss", "mae", "rmse");

    private Metrics() {}

    public static Map<String, Class<? extends Metric>> byName() {
        Map<String, Class<? extends Metric>> names = new LinkedHashMap<>();
        names.put("accuracy", Accuracy.class);
        names.put("top_k", TopK.class);
        names.put("precision", Precision.class);
        names.put("recall", Recall.class);
        names.put("f1", F1.class);
        names.put("auc", Auc.class);
        names.put("confusion_matrix", ConfusionMatrix.class);
        names.put("mae", Mae.class);
        names.put("rmse", Rmse.class);
        names.put("r2", R2.class);
        return Collections.unmodifiableMap(names);
    }

    /**
     * Metrics by the names under which their figures are reported, in order; a second one of a kind is
     * {@code accuracy_2}.
     */
    public static Map<String, Metric> named(List<Metric> metrics) {
        Map<String, Metric> named = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            String name = nameOf(metric);
            String unique = name;
            for (int count = 2; named.containsKey(unique); count++) {
                unique = name + "_" + count;
            }
            named.put(unique, metric);
        }
        return Collections.unmodifiableMap(named);
    }

    /** Whether a figure, by the name under which it is reported, is better when it is smaller, as a loss is. */
    public static boolean smallerIsBetter(String figure) {
        return SMALLER.contains(figure.replaceFirst("_\\d+$", ""));
    }

    /**
     * Refuses predictions that one of the metrics cannot read.
     *
     * @param shape of one prediction
     * @throws IllegalArgumentException that names the metric and the loss
     */
    public static void requireFit(List<Metric> metrics, Loss loss, List<Integer> shape) {
        int columns = shape.isEmpty() ? 1 : shape.get(0);
        metrics.forEach(metric -> metric.requireFits(loss, columns));
    }

    /** The name in a job file, or the class's own for a metric that is not in the catalogue. */
    static String nameOf(Metric metric) {
        return byName().entrySet().stream()
                .filter(entry -> entry.getValue() == metric.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(metric.getClass().getSimpleName());
    }
}
