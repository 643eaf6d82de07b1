/**
 * Initialisers: what a parameter holds before the first step. Every value is a function of (seed, parameter name,
 * index) and of nothing else, so that the number of shards and workers cannot show. Knows names and shapes; nothing of
 * networks, of shards or of the job file.
 */
package dev.lockstep.params.init;
