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
 * The network and what it starts from: layers, or the file of a network that another library saved.
 *
 * @param inputs by name, what stands before the layers, where that is more than one; empty for an example as it is,
 *     with the vectors of its categories behind its numbers
 * @param meet how the inputs become one
 * @param layers in their order; empty where the network is a file, or where the inputs' meeting is all of it
 * @param torchscript a file that {@code torch.jit.save} wrote; null for none
 * @param dl4j a file that Deeplearning4j's {@code ModelSerializer} wrote; null for none
 * @param trusted whether the TorchScript may read and write files
 * @param weights a safetensors file to start from instead of the initialisation; null for none
 */
public record Model(
        Map<String, ModelInput> inputs,
        Meeting meet,
        List<Layer> layers,
        String torchscript,
        String dl4j,
        boolean trusted,
        String weights)
        implements Serializable {
    public Model {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        meet = meet == null ? new ConcatMeeting() : meet;
        layers = List.copyOf(layers);
        boolean layered = !layers.isEmpty() || !inputs.isEmpty();
        if (Stream.of(layered, torchscript != null, dl4j != null)
                        .filter(is -> is)
                        .count()
                != 1) {
            throw new IllegalArgumentException("A model is one of layers, a torchscript and a dl4j: layers="
                    + layers.size() + ", inputs=" + inputs.size() + ", torchscript=" + torchscript + ", dl4j=" + dl4j);
        }
        for (String name : inputs.keySet()) {
            if (name.isEmpty() || name.indexOf('.') >= 0) {
                throw new IllegalArgumentException("inputs must have names without a dot: input=" + name);
            }
        }
    }

    public static Model layers(Layer... layers) {
        return new Model(Map.of(), null, List.of(layers), null, null, false, null);
    }

    /** Several inputs that meet, before no layers. */
    public static Model inputs(Meeting meet, Map<String, ModelInput> inputs) {
        return new Model(inputs, meet, List.of(), null, null, false, null);
    }

    public static Model torchscript(String file) {
        return torchscript(file, /* trusted */ false);
    }

    public static Model torchscript(String file, boolean trusted) {
        return new Model(Map.of(), null, List.of(), file, null, trusted, null);
    }

    /** What Deeplearning4j saved, which it computes itself: with lockstep-dl4j and its jars on the class path. */
    public static Model dl4j(String file) {
        return new Model(Map.of(), null, List.of(), null, file, false, null);
    }

    /** The same inputs before layers. */
    public Model then(Layer... behind) {
        return RecordChange.change(this, "layers", List.of(behind));
    }

    /** Whether it is made of layers, and no file. */
    public boolean isLayered() {
        return file() == null;
    }

    /** The file that is the network; null where it is made of layers. */
    public String file() {
        return torchscript == null ? dl4j : torchscript;
    }

    /** The key that names the file. */
    public String fileKey() {
        return torchscript == null ? "dl4j" : "torchscript";
    }

    /** Those of the inputs first; each is followed by those within it. */
    Stream<Layer> allLayers() {
        return Stream.concat(inputs.values().stream().flatMap(input -> input.layers().stream()), layers.stream())
                .flatMap(Model::withInner);
    }

    private static Stream<Layer> withInner(Layer layer) {
        return Stream.concat(Stream.of(layer), layer.inner().stream().flatMap(Model::withInner));
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

    /** The files that it names, by their keys. */
    public Map<String, String> files() {
        Map<String, String> named = new LinkedHashMap<>();
        if (!isLayered()) {
            named.put(fileKey(), file());
        }
        if (weights != null) {
            named.put("weights", weights);
        }
        return named;
    }

    /** The same with its files in other places. */
    Model files(String networkFile, String weightsFile) {
        Model moved = isLayered() ? this : RecordChange.change(this, fileKey(), networkFile);
        return moved.weights(weightsFile);
    }
}
