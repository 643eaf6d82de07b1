package dev.lockstep.worker.layer;

import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.Initializer;
import java.io.Serializable;

/**
 * One parameter of a network.
 *
 * @param byDefault what fills it if the job file says nothing
 */
public record ParameterInit(Parameter parameter, Initializer byDefault) implements Serializable {
    /** Whether a value takes its gradient: the padding's row of an embedding does not. */
    public boolean isTrained(int value) {
        return !(byDefault instanceof ZeroRow zeros)
                || zeros.trained()
                || value / parameter.shape().get(1) != zeros.row();
    }

    /** What fills it where the job file says something else: the row of unknown categories starts as 0 even so. */
    public Initializer filledBy(Initializer assigned) {
        return byDefault instanceof ZeroRow zeros && zeros.trained() && assigned != byDefault
                ? new ZeroRow(assigned, zeros.row(), /* trained */ true)
                : assigned;
    }
}
