/**
 * What exceptions that are not Lockstep's own mean to a user. Knows the texts of Java, Hadoop and Spark, and nothing of
 * training.
 */
package dev.lockstep.driver.failure;
