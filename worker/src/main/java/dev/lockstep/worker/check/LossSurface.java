package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;
import java.nio.DoubleBuffer;
import java.util.List;

/** The summed loss of some examples as a function of a network's parameters, in float64. One thread. */
public interface LossSurface extends AutoCloseable {
    List<Parameter> parameters();

    /** The parameters, one after the other; live: what is written here is where the next evaluation happens. */
    DoubleBuffer values();

    /**
     * Whether a value of a parameter takes its gradient; what never does, as the padding's row of an embedding, has a
     * slope all the same.
     */
    boolean isTrained(int parameter, int value);

    /**
     * The loss, with everything random and everything kept as it was at the first evaluation.
     *
     * @throws IllegalArgumentException if the network cannot be computed in float64; says why
     */
    double loss();

    /** What the backward pass says is its derivative. */
    double[] gradient();

    @Override
    void close();
}
