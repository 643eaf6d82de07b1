/**
 * Reads examples from wherever a job says they are: finds the reader of a format, or the rows to hand on beside what is
 * made of them.
 */
package dev.lockstep.driver.data.source;
