package dev.lockstep.worker.layer;

import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.Initializer;
import java.io.Serializable;

/**
 * One buffer of a network, such as a running mean.
 *
 * @param byDefault what fills it before the first step; draws nothing at random
 */
public record BufferInit(Parameter buffer, Initializer byDefault) implements Serializable {
    /** A new array with the values before the first step. */
    public float[] values() {
        return byDefault.values(buffer, 0);
    }
}
