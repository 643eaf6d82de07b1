/**
 * The job: everything a training run is told, as one tree of immutable records. Read from a job file or built in Java;
 * both go through the same constructors and the same checks. Starts nothing and names no class of Spark.
 */
package dev.lockstep.driver.job;
