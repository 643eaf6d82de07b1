/** The worker side: pushes, arrivals, reports. Knows nothing of optimizers. */
package dev.lockstep.params.client;
