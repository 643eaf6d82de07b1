/**
 * Optimizers as plain loops over flat arrays, learning-rate schedules, clipping and regularisation. Knows the JDK only:
 * who owns which range, and how gradients travel, is the business of {@code dev.lockstep.params}.
 */
package dev.lockstep.optim;
