package dev.lockstep.driver.job;

import java.io.Serializable;

/**
 * Looks into the network now and then while it is trained.
 *
 * @param every at which steps; an epoch is as many as it has
 */
public record Monitor(Every every) implements Serializable {}
