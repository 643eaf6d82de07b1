package dev.lockstep.driver.train.progress;

import dev.lockstep.losses.Reduction;
import dev.lockstep.params.member.StepReport;

/**
 * The losses of an epoch's steps so far, each at the parameters that it found. Examples count as in the loss of one
 * batch, so a short last batch counts for what is in it; a step in which nothing counts, and one that was skipped,
 * count nothing.
 *
 * @param sum of the losses
 * @param weight of the examples; where the loss is a sum, of the steps
 * @param regularization of the steps, added
 * @param steps that count
 * @param skipped steps whose gradient was not finite
 */
public record EpochLoss(double sum, double weight, double regularization, long steps, long skipped) {
    public static final EpochLoss NONE = new EpochLoss(0, 0, 0, 0, 0);

    EpochLoss plus(StepReport report, Reduction reduction) {
        if (report.skipped()) {
            return new EpochLoss(sum, weight, regularization, steps, skipped + 1);
        }
        double divisor = reduction == Reduction.SUM ? 1 : report.weight();
        return divisor == 0
                ? this
                : new EpochLoss(
                        sum + report.lossSum(),
                        weight + divisor,
                        regularization + report.regularization(),
                        steps + 1,
                        skipped);
    }

    /** The loss of one step's batch. */
    static double of(StepReport report, Reduction reduction) {
        return reduction.of(report.lossSum(), report.weight());
    }

    public double mean() {
        return sum / weight;
    }

    public double meanRegularization() {
        return regularization / steps;
    }

    /** Whether the network has gone where it learns nothing more. */
    boolean mostlySkipped() {
        return skipped > steps;
    }
}
