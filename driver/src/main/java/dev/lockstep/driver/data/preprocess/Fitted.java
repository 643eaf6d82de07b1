package dev.lockstep.driver.data.preprocess;

import java.util.List;

/**
 * What was fitted to the training data.
 *
 * @param shape of an example that has gone through it
 */
public record Fitted(Chain chain, List<Integer> shape) {}
