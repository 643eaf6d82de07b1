package dev.lockstep.driver.task;

import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import java.io.Serializable;

/**
 * What one worker brings back from a segment. A plain final class, because Spark's Kryo cannot write records; the
 * arrays are the receiver's.
 */
public final class SegmentResult implements Serializable {
    public final int worker;
    /** The last step that was applied. */
    public final long step;
    /** This worker's buffers; the same in all workers at the end of an epoch. */
    public final float[] buffers;
    /** What compression has left out of this worker's gradients; null where nothing was ever compressed. */
    public final Residual residual;
    /** The whole flat vector as it should be evaluated, from worker 0 alone and if it was asked for. */
    public final float[] values;
    /** What was fetched for a checkpoint; empty if none is due. */
    public final RangeContents[] state;
    /** What was measured on this worker's part of the validation data; empty within an epoch or without such data. */
    public final double[][] validation;

    SegmentResult(
            int worker,
            long step,
            float[] buffers,
            Residual residual,
            float[] values,
            RangeContents[] state,
            double[][] validation) {
        this.worker = worker;
        this.step = step;
        this.buffers = buffers;
        this.residual = residual;
        this.values = values;
        this.state = state;
        this.validation = validation;
    }
}
