package dev.lockstep.driver.train.progress;

import dev.lockstep.driver.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether what a run has arrived at is worth keeping. */
public final class Learned {
    private static final Logger LOG = LoggerFactory.getLogger(Learned.class);
    /** Beyond any network that computes something with float32. */
    private static final double ABSURD = 1e10;

    private Learned() {}

    /**
     * @param lastEpoch its losses
     * @throws TrainingException if the network cannot be what anybody wants
     */
    public static void require(EpochLoss lastEpoch, float[] values, int epochs) {
        double largest = largest(values);
        String seen = "epochs=" + epochs + ", steps of the last epoch=" + (lastEpoch.steps() + lastEpoch.skipped())
                + ", skipped=" + lastEpoch.skipped() + ", largest weight=" + largest;
        if (lastEpoch.mostlySkipped()) {
            throw new TrainingException("The network learns nothing, as most gradients are not finite: " + seen
                    + ". No model is written. A smaller learning rate or clipping may help.");
        }
        if (!(largest < Double.POSITIVE_INFINITY)) {
            throw new TrainingException("Weights are not finite: " + seen
                    + ". No model is written. A smaller learning rate or clipping may help.");
        }
        if (largest > ABSURD) {
            LOG.warn("Weights are too large to be of use: {}. A smaller learning rate or clipping may help.", seen);
        }
    }

    /** By its absolute value; NaN if there is one. */
    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
