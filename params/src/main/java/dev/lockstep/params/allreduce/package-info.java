/**
 * Sums of doubles over all workers in the middle of a step: each worker's end, and the first shard's, which adds in
 * worker order. Knows frames and outboxes, not what is summed.
 */
package dev.lockstep.params.allreduce;
