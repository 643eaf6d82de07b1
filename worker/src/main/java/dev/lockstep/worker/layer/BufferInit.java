package dev.lockstep.worker.layer;

import dev.lockstep.params.Parameter;
import java.io.Serializable;

/**
 * One buffer of a network, such as a running mean.
 *
 * @param first what all its values are before the first step
 */
public record BufferInit(Parameter buffer, double first) implements Serializable {}
