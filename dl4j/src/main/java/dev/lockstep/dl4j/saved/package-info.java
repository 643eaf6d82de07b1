/**
 * What a job file's {@code model: {dl4j: net.zip}} trains: a network of Deeplearning4j that computes for our losses and
 * our optimizers. Knows nothing of Spark.
 */
package dev.lockstep.dl4j.saved;
