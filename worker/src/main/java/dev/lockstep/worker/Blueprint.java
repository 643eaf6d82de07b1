package dev.lockstep.worker;

import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import java.io.Serializable;
import java.util.List;

/** What a network consists of; see the methods of {@link Network} with these names. */
public record Blueprint(
        List<ParameterInit> parameters,
        List<BufferInit> buffers,
        List<Integer> inputShape,
        List<Integer> outputShape,
        List<LayerInfo> layers)
        implements Serializable {
    public Blueprint {
        parameters = List.copyOf(parameters);
        buffers = List.copyOf(buffers);
        inputShape = List.copyOf(inputShape);
        outputShape = List.copyOf(outputShape);
        layers = List.copyOf(layers);
    }
}
