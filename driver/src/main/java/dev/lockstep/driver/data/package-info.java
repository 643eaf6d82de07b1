/**
 * From rows to batches: numbers the rows of a source, splits, preprocesses and deals them over the workers so that no
 * batch depends on their number, and packs them into arrays. Knows nothing of networks, shards or epochs' ends; what a
 * batch consists of is decided in {@link dev.lockstep.driver.data.Dealing} and nowhere else.
 */
package dev.lockstep.driver.data;
