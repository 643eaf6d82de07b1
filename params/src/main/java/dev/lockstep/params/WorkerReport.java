package dev.lockstep.params;

import java.io.Serializable;
import java.util.List;

/**
 * What one worker says of one step.
 *
 * @param step the one that has just been applied
 * @param lossSum of the worker's share
 * @param weight what the mean over {@code lossSum} divides by
 * @param examples in the share, 0 or more
 * @param regularization this worker's part of what is added to the loss, at the parameters that the step found; 0 where
 *     nothing is
 * @param gradientNorm of the step, over all workers: the same in every report; NaN where the shards do not tell
 * @param nonFinite index of the parameter whose gradient is not finite in this worker's share; -1 for none, or where
 *     nobody looked
 * @param skipped whether the shards have skipped the step, all of them
 * @param layerStats layer statistics, packed as worker and listener agreed; empty in most steps
 * @param pushed to other hosts, by the leader of one
 */
public record WorkerReport(
        long step,
        double lossSum,
        double weight,
        int examples,
        double regularization,
        double gradientNorm,
        int nonFinite,
        boolean skipped,
        List<Float> layerStats,
        WorkerTimes times,
        PushedBytes pushed)
        implements Serializable {

    public WorkerReport {
        layerStats = List.copyOf(layerStats);
    }

    /** The same with other layer statistics. */
    public WorkerReport layerStats(List<Float> other) {
        return new WorkerReport(
                step,
                lossSum,
                weight,
                examples,
                regularization,
                gradientNorm,
                nonFinite,
                skipped,
                other,
                times,
                pushed);
    }

    /** Without regularization, of a finite gradient of no known norm, with nothing pushed to other hosts. */
    public WorkerReport(long step, double lossSum, double weight, int examples, WorkerTimes times) {
        this(
                step,
                lossSum,
                weight,
                examples,
                0,
                Double.NaN,
                -1, /* skipped */
                false,
                List.of(),
                times,
                PushedBytes.NONE);
    }
}
