package dev.lockstep.params;

import java.io.Serializable;

/**
 * Where one worker's time went in one step, in nanoseconds.
 *
 * @param inputNs reading and preparing the share
 * @param forwardNs the forward pass
 * @param lossNs loss and its gradient
 * @param backwardNs the backward pass, without what was sent meanwhile
 * @param sendNs copying gradients to links
 * @param waitNs waiting for others with nothing to do
 * @param applyNs writing new values, and the work of this process's shards done while waiting
 * @param hiddenNs of the backward pass, with gradients of the same step under way
 */
public record WorkerTimes(
        long inputNs,
        long forwardNs,
        long lossNs,
        long backwardNs,
        long sendNs,
        long waitNs,
        long applyNs,
        long hiddenNs)
        implements Serializable {
    public static final WorkerTimes NONE = new WorkerTimes(0, 0, 0, 0, 0, 0, 0, 0);

    /** The whole step. */
    public long totalNs() {
        return inputNs + forwardNs + lossNs + backwardNs + sendNs + waitNs + applyNs;
    }
}
