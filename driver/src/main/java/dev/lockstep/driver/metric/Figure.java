package dev.lockstep.driver.metric;

/** A metric that is one number, by which a run may be stopped early. */
public non-sealed interface Figure extends Metric {
    /** NaN when it is not defined, as over no examples. */
    double value(double[] state);

    default boolean smallerIsBetter() {
        return false;
    }
}
