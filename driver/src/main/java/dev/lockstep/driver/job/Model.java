package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.RecordChange;
import dev.lockstep.worker.layer.ConcatMeeting;
import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Meeting;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The network and what it starts from: layers or a TorchScript file.
 *
 * @param inputs by name, what stands before the layers, where that is more than one; empty for an example as it is,
 *     with the vectors of its categories behind its numbers
 * @param meet how the inputs become one
 * @param layers in their order; empty where the network is a TorchScript, or where the inputs' meeting is all of it
 * @param torchscript a file that {@code torch.jit.save} wrote; null where the network is made of layers
 * @param trusted whether the TorchScript may read and write files
 * @param weights a safetensors file to start from instead of the initialisation; null for none
 */
public record Model(
        Map<String, ModelInput> inputs,
        Meeting meet,
        List<Layer> layers,
        String torchscript,
        boolean trusted,
        String weights)
        implements Serializable {
    public Model {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        meet = meet == null ? new ConcatMeeting() : meet;
        layers = List.copyOf(layers);
        boolean layered = !layers.isEmpty() || !inputs.isEmpty();
        if (layered == (torchscript != null)) {
            throw new IllegalArgumentException("A model is either layers or a torchscript: layers=" + layers.size()
                    + ", inputs=" + inputs.size() + ", torchscript=" + torchscript);
        }
        for (String name : inputs.keySet()) {
            if (name.isEmpty() || name.indexOf('.') >= 0) {
                throw new IllegalArgumentException("inputs must have names without a dot: input=" + name);
            }
        }
    }

    public static Model layers(Layer... layers) {
        return new Model(Map.of(), null, List.of(layers), null, false, null);
    }

    /** Several inputs that meet, before no layers. */
    public static Model inputs(Meeting meet, Map<String, ModelInput> inputs) {
        return new Model(inputs, meet, List.of(), null, false, null);
    }

    public static Model torchscript(String file) {
        return torchscript(file, /* trusted */ false);
    }

    public static Model torchscript(String file, boolean trusted) {
        return new Model(Map.of(), null, List.of(), file, trusted, null);
    }

    /** The same inputs before layers. */
    public Model then(Layer... behind) {
        return RecordChange.change(this, "layers", List.of(behind));
    }

    /** Whether it is made of layers, and no TorchScript. */
    public boolean isLayered() {
        return torchscript == null;
    }

    /** Those of the inputs first. */
    Stream<Layer> allLayers() {
        return Stream.concat(inputs.values().stream().flatMap(input -> input.layers().stream()), layers.stream());
    }

    /** How many indices the first layer looks up, from 0; 0 where it takes any numbers. */
    public int indices() {
        return inputs.isEmpty() && !layers.isEmpty() && layers.get(0) instanceof Embedding embedding
                ? embedding.numEmbeddings()
                : 0;
    }

    public Model weights(String file) {
        return RecordChange.change(this, "weights", file);
    }

    /** The same with its files in other places. */
    Model files(String torchscriptFile, String weightsFile) {
        return RecordChange.change(this, "torchscript", torchscriptFile).weights(weightsFile);
    }
}
