package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a network consists of, and the way to replicas of it. Immutable; travels to the workers in a captured closure.
 */
public interface Network extends Serializable {
    /** What is trained, in the order of the flat vector, and what it starts from if nothing else is said. */
    List<ParameterInit> parameters();

    /** What is kept but not trained, in the order of the flat vector. */
    List<BufferInit> buffers();

    /** Extents of one example. */
    List<Integer> inputShape();

    /** Extents of the prediction for one example. */
    List<Integer> outputShape();

    /**
     * A new replica. Its parameters are all 0 and its buffers hold their first values; the caller closes it.
     *
     * @throws IllegalStateException if the device is not there
     */
    Replica replica(Loss loss, ReplicaSettings settings);

    /**
     * A new replica that computes in memory of the caller's.
     *
     * @throws IllegalStateException if the device is not there
     */
    Replica replica(Loss loss, ReplicaSettings settings, ReplicaMemory memory);

    /**
     * What predicts with trained weights; the caller closes it.
     *
     * @param values of the parameters, in the order of the flat vector; copied
     * @param buffers of what is kept; copied
     * @throws IllegalStateException if the device is not there
     */
    Inference inference(float[] values, float[] buffers, ReplicaSettings settings);

    /**
     * Writes a file that {@code torch.jit.load} reads, in evaluation mode.
     *
     * @param tensors all that is trained and all that is kept, by name
     * @throws IllegalArgumentException if a layer cannot be written
     */
    void writeTorchScript(List<NamedValues> tensors, Path file);

    /**
     * What {@link Replica#monitor} has figures of, in that order; a program whose inner layers cannot be seen is one
     * layer.
     */
    List<LayerInfo> layers();

    /**
     * The loss of some examples as a function of the parameters, in float64 on the CPU, for checks that float32 is too
     * coarse for. The parameters are all 0; the caller closes it.
     *
     * @param seed of everything random, the same for every evaluation
     */
    LossSurface lossSurface(Loss loss, Examples share, long seed, int threads);

    /**
     * The layer that training cannot do with one example in a worker's share of a batch; empty where there is none, or
     * none is known.
     */
    default Optional<String> severalInShare() {
        return Optional.empty();
    }

    /** The layer that training cannot do with one example in a batch over all workers; as {@link #severalInShare}. */
    default Optional<String> severalInBatch() {
        return Optional.empty();
    }
}
