package dev.lockstep.worker.layer;

import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.Initializer;
import java.io.Serializable;

/**
 * One parameter of a network.
 *
 * @param byDefault what fills it if the job file says nothing
 */
public record ParameterInit(Parameter parameter, Initializer byDefault) implements Serializable {}
