package dev.lockstep.worker;

import dev.lockstep.worker.layer.BatchReducer;
import dev.lockstep.worker.layer.LayerObserver;
import dev.lockstep.worker.layer.WeightedSum;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** What computes in a replica. Belongs to one replica and one thread. */
public interface TorchModule extends AutoCloseable {
    /**
     * Makes the module compute with these tensors from now on.
     *
     * @return the leaves of the graph at which the parameters' gradients arrive, in order
     */
    Tensor[] attach(Tensor[] parameters, Tensor[] buffers);

    /** Runs forward passes whose random numbers depend on the seed alone. */
    <T> T seeded(long seed, Supplier<T> passes);

    /** Whether layers add up over the workers in training, so that one without examples must compute as well. */
    boolean isReducing();

    /** Adds up over these workers from now on. */
    void join(BatchReducer reducer);

    Tensor forward(Tensor input, boolean training);

    /** Shows what every layer makes in training from now on; null for nobody. */
    void observe(LayerObserver observer);

    /** Lets somebody compute training's weighted sums from now on, where the module knows of such; null for nobody. */
    default void sumBy(WeightedSum sums) {}

    @Override
    void close();
}
