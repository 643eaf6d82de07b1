/**
 * Estimators and models of spark.ml, in front of the trainer: what a user of pipelines sets as a Param becomes a job.
 * Trains nothing itself and knows nothing of how it is done.
 */
package dev.lockstep.ml;
