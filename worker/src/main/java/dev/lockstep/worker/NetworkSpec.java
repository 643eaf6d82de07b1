package dev.lockstep.worker;

import dev.lockstep.worker.layer.Layer;
import java.io.Serializable;
import java.util.List;

/** The layers of a job file, first to last. */
public record NetworkSpec(List<Layer> layers) implements Serializable {
    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A network needs at least one layer: layers=" + layers);
        }
    }

    public NetworkSpec(Layer... layers) {
        this(List.of(layers));
    }
}
