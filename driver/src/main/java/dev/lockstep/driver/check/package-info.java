/**
 * Whether a job is fit to be trained: its gradient is the slope of its loss, and its layers hand on signals that can be
 * learned from. Finds out on a job's first batch; how it is shown is here too, as text and as a picture.
 */
package dev.lockstep.driver.check;
