/**
 * What TensorBoard reads: event files beside the metrics file. Knows their format and nothing of Spark; no library of
 * TensorFlow's is needed.
 */
package dev.lockstep.driver.report.tensorboard;
