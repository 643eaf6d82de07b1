/**
 * Training on Spark: deals the data, runs one job per epoch, coordinates workers and shards, keeps checkpoints. The
 * only module beside deploy that names Spark's classes.
 */
package dev.lockstep.driver;
