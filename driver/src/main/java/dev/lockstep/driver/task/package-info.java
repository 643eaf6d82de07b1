/**
 * What runs on the executors, one Spark task for each worker and segment: it takes its place, makes the steps on its
 * replica and brings back what the driver asked for. Knows the data and the parameter server, but neither the run as a
 * whole nor who monitors it.
 */
package dev.lockstep.driver.task;
