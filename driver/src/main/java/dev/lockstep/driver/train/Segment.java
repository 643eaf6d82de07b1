package dev.lockstep.driver.train;

import java.io.Serializable;

/**
 * The steps of one epoch that one Spark job runs.
 *
 * @param epoch 1 is the first
 * @param first its first step, counted from 1 over the whole run
 * @param last its last step, inclusive
 * @param endsEpoch whether the epoch is over after it: buffers are averaged and the validation data are evaluated
 * @param checkpoint whether a checkpoint is due after it
 */
public record Segment(int epoch, long first, long last, boolean endsEpoch, boolean checkpoint)
        implements Serializable {}
