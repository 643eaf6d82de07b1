/**
 * One step of training as a shard sees it: regularisation, clipping and optimizers over the ranges it owns, and the
 * sums that shards must exchange in between. Knows nothing of how gradients and sums travel.
 */
package dev.lockstep.optim.update;
