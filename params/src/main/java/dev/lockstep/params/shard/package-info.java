/**
 * The server side: sums, rounds between shards, updates, broadcasts. Knows nothing of how shards and workers are found.
 */
package dev.lockstep.params.shard;
