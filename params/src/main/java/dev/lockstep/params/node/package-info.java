/** What a process runs: puts transport, shards, workers and coordinator together. */
package dev.lockstep.params.node;
