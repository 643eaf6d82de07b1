package dev.lockstep.driver.model;

/**
 * What has been written of predictions.
 *
 * @param rows in all
 * @param predicted those that have a prediction: not where a gap keeps them from it
 */
public record WrittenRows(long rows, long predicted) {}
