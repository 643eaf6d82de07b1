package dev.lockstep.deploy.plot;

import dev.lockstep.driver.history.Points;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.metric.Metrics;

/**
 * Where a figure of a run was best.
 *
 * @param value NaN where it never was finite
 * @param step at which it was, as far as the history tells steps apart
 */
record Best(double value, long step) {
    static Best of(RunHistory history, String name) {
        boolean smaller = Metrics.smallerIsBetter(name.substring(name.lastIndexOf('.') + 1));
        Points points = history.points(name, 0, Long.MAX_VALUE, Integer.MAX_VALUE);
        Best best = new Best(Double.NaN, 0);
        for (int i = 0; i < points.count(); i++) {
            double value = smaller ? points.low()[i] : points.high()[i];
            // Nothing is better than NaN, so the first one is taken.
            boolean better = smaller ? !(value >= best.value) : !(value <= best.value);
            if (Double.isFinite(value) && better) {
                best = new Best(value, points.step()[i]);
            }
        }
        return best;
    }
}
