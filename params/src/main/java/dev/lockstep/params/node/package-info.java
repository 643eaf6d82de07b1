/** What a process runs: puts network, shards, workers and coordinator together. */
package dev.lockstep.params.node;
