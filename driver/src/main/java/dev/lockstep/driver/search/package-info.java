/** Runs one job with many settings and tells which of them was best. Every trial is a run of the trainer's own. */
package dev.lockstep.driver.search;
