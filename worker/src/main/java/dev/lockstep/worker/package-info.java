/**
 * Networks and what they compute: layers from the job file, TorchScript, forward and backward on libtorch. Knows losses
 * and parameters; nothing of Spark, of shards or of where examples come from.
 */
package dev.lockstep.worker;
