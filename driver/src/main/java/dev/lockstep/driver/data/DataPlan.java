package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.RowFormat;
import java.io.Serializable;

/**
 * All that a worker has to know to assemble its shares from its slices. Small, and meant to be captured by the task.
 *
 * @param shuffle whether each epoch has orders of its own; otherwise every epoch is the dealt order
 */
public record DataPlan(Dealing dealing, RowFormat format, long seed, boolean shuffle) implements Serializable {}
