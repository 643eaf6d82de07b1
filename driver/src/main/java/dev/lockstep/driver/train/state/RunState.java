package dev.lockstep.driver.train.state;

import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.train.progress.EpochLoss;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Network;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * All that a run needs to go on from between two steps, in the driver's memory: what a checkpoint holds. Schedule, data
 * order and randomness are functions of the step and need nothing here.
 *
 * @param step the last one applied; 0 for none
 * @param ranges one per range of the layout, without slots where no step has been applied; null where they were not
 *     fetched
 * @param buffers of each worker, where the step lies within an epoch; null at its end, where all are the same and in
 *     {@code ranges}
 * @param residuals what compression has left out, of each worker; null where it never left anything out
 * @param loss of the epoch that the step lies in, so far; of the whole epoch at its end
 * @param plateau null without a schedule that waits for a metric
 * @param patience null without early stopping
 * @param lr of the step; NaN before the first
 * @param lossScale of the next step; null where losses are not scaled
 */
public record RunState(
        long step,
        RangeContents[] ranges,
        float[][] buffers,
        Residual[] residuals,
        EpochLoss loss,
        ReduceLrOnPlateau.State plateau,
        Patience patience,
        double lr,
        LossScale lossScale) {
    /**
     * The same for a run of so many workers. Where they are others than those that wrote it within an epoch, each
     * begins with the mean of their buffers, which is what the end of an epoch makes of them; what compression has left
     * out goes to those that are there.
     *
     * @param divisor what a sum over a share of some weight is divided by
     */
    public RunState forWorkers(int workers, DoubleUnaryOperator divisor) {
        return new RunState(
                step,
                ranges,
                buffersOf(workers),
                residualsOf(workers, divisor),
                loss,
                plateau,
                patience,
                lr,
                lossScale);
    }

    /** The same with another scale of the next step's loss. */
    public RunState lossScale(LossScale other) {
        return new RunState(step, ranges, buffers, residuals, loss, plateau, patience, lr, other);
    }

    private float[][] buffersOf(int workers) {
        if (buffers == null || buffers.length == workers) {
            return buffers;
        }

        float[] mean = new float[buffers[0].length];
        for (float[] own : buffers) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += own[i] / buffers.length;
            }
        }
        float[][] all = new float[workers][];
        Arrays.fill(all, mean);
        return all;
    }

    private Residual[] residualsOf(int workers, DoubleUnaryOperator divisor) {
        if (residuals == null || residuals.length == workers) {
            return residuals;
        }

        Residual[] all = new Residual[workers];
        Arrays.fill(all, Residual.none(residuals[0].values().length));
        for (int worker = 0; worker < residuals.length; worker++) {
            int heir = worker % workers;
            all[heir] = all[heir].plus(residuals[worker], divisor);
        }
        return all;
    }

    /** The network as a model has it. */
    public Weights weights(Network network, Layout layout, UpdateRule rule) {
        Weights weights = Weights.zeros(network);
        for (Range range : layout.ranges()) {
            float[] own = ranges[range.index()].evaluated(layout, rule);
            float[] flat = range.trained() ? weights.values() : weights.buffers();
            System.arraycopy(own, 0, flat, range.start(), own.length);
        }
        return weights;
    }

    /** How often the schedule has been told to lower the rate. */
    public int reductions() {
        return plateau == null ? 0 : plateau.reductions();
    }
}
