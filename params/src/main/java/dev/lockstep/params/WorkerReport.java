package dev.lockstep.params;

import java.io.Serializable;

/**
 * What one worker says of one step.
 *
 * @param step the one that has just been applied
 * @param lossSum of the worker's share
 * @param weight what the mean over {@code lossSum} divides by
 * @param examples in the share, 0 or more
 */
public record WorkerReport(long step, double lossSum, double weight, int examples, WorkerTimes times)
        implements Serializable {}
