/**
 * Tables that Spark loads: finds the columns by name, reads cells as numbers, categories and labels, and takes the
 * headers of files out.
 */
package dev.lockstep.driver.data.source.table;
