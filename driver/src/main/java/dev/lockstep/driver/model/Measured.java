package dev.lockstep.driver.model;

import dev.lockstep.driver.metric.Figure;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.metric.MetricTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a measurement, in the order of its metrics.
 *
 * @param figures by name, {@code loss} first
 * @param tables the metrics that are more than one number, by name, as rows
 */
public record Measured(Map<String, Double> figures, Map<String, List<List<Double>>> tables) {
    /** Of no data. */
    public static final Measured NONE = new Measured(Map.of(), Map.of());

    static Measured of(double loss) {
        Measured measured = new Measured(new LinkedHashMap<>(), new LinkedHashMap<>());
        measured.figures.put("loss", loss);
        return measured;
    }

    void put(String name, Metric metric, double[] state) {
        if (metric instanceof Figure figure) {
            figures.put(name, figure.value(state));
        } else if (metric instanceof MetricTable table) {
            tables.put(name, table.rows(state));
        }
    }
}
