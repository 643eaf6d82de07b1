/**
 * Whether a gradient is the slope of its loss: by differences, in float64. Knows parameters by name, and a loss as a
 * function of them; not what computes it.
 */
package dev.lockstep.worker.check;
