package dev.lockstep.driver.train;

import dev.lockstep.driver.metric.Metric;
import dev.lockstep.losses.Reduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the workers measured on their parts of the validation data. */
final class EpochEnd {
    private EpochEnd() {}

    /**
     * The figures by name, {@code loss} first; empty where there are no validation data.
     *
     * @param names of the metrics, in the order of {@code metrics}
     * @param results in worker order
     */
    static Map<String, Double> figures(
            List<String> names, List<Metric> metrics, Reduction reduction, List<SegmentResult> results) {
        double[] sums = results.get(0).validation.clone();
        for (SegmentResult result : results.subList(1, results.size())) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += result.validation[i];
            }
        }

        Map<String, Double> figures = new LinkedHashMap<>();
        if (sums.length > 0) {
            figures.put("loss", sums[0] / reduction.divisor(sums[1]));
            int at = 2;
            for (int i = 0; i < metrics.size(); i++) {
                double[] own = new double[metrics.get(i).sums()];
                System.arraycopy(sums, at, own, 0, own.length);
                figures.put(names.get(i), metrics.get(i).value(own));
                at += own.length;
            }
        }
        return figures;
    }
}
