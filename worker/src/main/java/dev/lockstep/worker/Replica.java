package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network in a worker: its parameters in one flat vector, forward and backward. One thread at a time.
 *
 * <p>The three buffers are direct, native-ordered, live views on the memory that the network computes with.
 */
public interface Replica extends AutoCloseable {
    /** What is trained, in the order of the flat vector. */
    List<Parameter> parameters();

    /** What is kept but not trained, such as running statistics, in the order of {@link #bufferValues()}. */
    List<Parameter> buffers();

    FloatBuffer values();

    FloatBuffer gradient();

    FloatBuffer bufferValues();

    /**
     * One forward and backward pass over a share, in training mode. The gradient is that of the sum of the losses.
     *
     * @param share may be empty: then every gradient is 0 and reported at once
     * @param seed of everything random in this pass (dropout)
     */
    LossSum train(Examples share, long seed, GradientSink sink);

    /**
     * Multiplies the loss of every {@link #train} from now on before its backward pass, and divides what comes out at
     * the parameters: so that small gradients survive on their way where it is computed in a narrow type.
     */
    void scaleLoss(double factor);

    /**
     * Takes part in the sums over the workers of a step in which this one has no examples; the others wait for it.
     * There is no gradient. Returns at once if no layer has such sums.
     *
     * @param none an empty share
     */
    void accompany(Examples none, long seed, GradientSink sink);

    /**
     * The same step as {@link #train}, with statistics of each layer: slower, and with the same gradient.
     *
     * @param share not empty
     * @return one entry per layer of {@link Network#layers}
     */
    List<LayerFigures> monitor(Examples share, long seed, GradientSink sink);

    /** Predictions in evaluation mode, one row per example. */
    Tensor predict(Examples share);

    @Override
    void close();
}
