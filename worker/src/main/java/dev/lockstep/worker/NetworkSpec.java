package dev.lockstep.worker;

import dev.lockstep.worker.layer.Inputs;
import dev.lockstep.worker.layer.Layer;
import java.io.Serializable;
import java.util.List;

/**
 * What a job file says of a network.
 *
 * @param inputs what stands before the layers; null where they take an example as it is
 * @param layers first to last; empty where the inputs' meeting is the prediction
 */
public record NetworkSpec(Inputs inputs, List<Layer> layers) implements Serializable {
    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty() && inputs == null) {
            throw new IllegalArgumentException("A network needs at least one layer: layers=" + layers);
        }
    }

    public NetworkSpec(List<Layer> layers) {
        this(/* inputs */ null, layers);
    }

    public NetworkSpec(Layer... layers) {
        this(List.of(layers));
    }
}
