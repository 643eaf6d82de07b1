/**
 * What is measured on validation data beside the loss: settings, state that workers fill and the driver merges, and the
 * figure that comes of it. Knows losses and nothing of Spark.
 */
package dev.lockstep.driver.metric;
