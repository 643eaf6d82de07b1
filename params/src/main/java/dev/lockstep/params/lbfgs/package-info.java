/**
 * L-BFGS over shards, as it travels: which operations shards do with their parts of vectors, and how one worker
 * commands them and hears the results. What a shard does with a command is in {@code shard}, the steps in
 * {@code client}.
 */
package dev.lockstep.params.lbfgs;
