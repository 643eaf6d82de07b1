package dev.lockstep.driver.metric;

import java.util.List;

/** A metric that is several rows of numbers. */
public non-sealed interface MetricTable extends Metric {
    /** None over no examples. */
    List<List<Double>> rows(double[] state);
}
