/**
 * Blocks of checked numbers, whatever they were read from, and what is asked of a source: which columns, which
 * targets. A bad value is noted with its place. Knows nothing of batches, workers or the order in which rows are used.
 */
package dev.lockstep.driver.data.rows;
