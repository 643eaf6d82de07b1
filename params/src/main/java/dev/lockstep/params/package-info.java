/**
 * Parameters over shards: names, layout, initialisation, the shard server, its clients, and the links between them.
 * Knows optimizers and Aeron; nothing of Spark, of networks or of libtorch.
 */
package dev.lockstep.params;
