/**
 * Reads examples from wherever a job says they are, and turns them into checked blocks of numbers: tables that Spark
 * loads, IDX pairs, image folders, noise. A bad value is noted with its place. Knows nothing of batches, workers or the
 * order in which rows are used.
 */
package dev.lockstep.driver.data.source;
