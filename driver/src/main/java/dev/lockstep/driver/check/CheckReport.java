package dev.lockstep.driver.check;

import dev.lockstep.driver.signal.Signals;

/**
 * What a check of a job found.
 *
 * @param name of the job
 * @param examples of the first batch, which the signals are of
 * @param parameters values that are trained
 * @param input standard deviation of the examples' features, after preprocessing
 * @param lossScale of a first step in fp16, which gradients are held against its range with
 */
public record CheckReport(
        String name,
        int examples,
        long parameters,
        double input,
        float lossScale,
        Signals signals,
        GradientReport gradients) {}
