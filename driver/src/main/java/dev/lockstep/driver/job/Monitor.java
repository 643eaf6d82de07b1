package dev.lockstep.driver.job;

import java.io.Serializable;

/**
 * How often layer statistics are taken while a network is trained.
 *
 * @param every at which steps; an epoch is as many as it has
 */
public record Monitor(Every every) implements Serializable {}
