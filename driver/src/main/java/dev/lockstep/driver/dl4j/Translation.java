package dev.lockstep.driver.dl4j;

import dev.lockstep.driver.DataException;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a chain of foreign layers has become so far. One thread. */
final class Translation {
    private final float[] parameters;
    private final List<Integer> input;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, float[]> values = new HashMap<>();
    private final Map<float[], Integer> places = new IdentityHashMap<>();
    private int taken;
    private List<Integer> shape;
    private Loss loss;

    /**
     * @param parameters of the whole network in DL4J's order
     * @param input extents of one example
     */
    Translation(float[] parameters, List<Integer> input) {
        this.parameters = parameters;
        this.input = List.copyOf(input);
        this.shape = this.input;
    }

    List<Layer> layers() {
        return layers;
    }

    /** By PyTorch's names, all but the counters of steps. */
    Map<String, float[]> values() {
        return values;
    }

    /** Where tensors that are DL4J's as they are begin among its parameters, by PyTorch's names. */
    Map<String, Integer> starts() {
        Map<String, Integer> starts = new HashMap<>();
        values.forEach((name, tensor) -> {
            if (places.containsKey(tensor)) {
                starts.put(name, places.get(tensor));
            }
        });
        return starts;
    }

    /** Extents of what the layers so far give. */
    List<Integer> shape() {
        return shape;
    }

    Loss loss() {
        return loss;
    }

    void end(Loss with) {
        loss = with;
    }

    /** The next of DL4J's parameters. */
    float[] take(int count, SourceLayer layer) {
        if (parameters.length - taken < count) {
            throw layer.refusal("the file has fewer parameters than its layers: parameters=" + parameters.length);
        }
        float[] next = Arrays.copyOfRange(parameters, taken, taken + count);
        places.put(next, taken);
        taken += count;
        return next;
    }

    /** @throws DataException if DL4J's parameters are not all taken */
    void requireAllTaken(String source) {
        if (taken != parameters.length) {
            throw new DataException("The file has more parameters than its layers: file=" + source + ", parameters="
                    + parameters.length + ", of layers=" + taken);
        }
    }

    /** Adds a layer of ours that keeps nothing. */
    void add(Layer layer, SourceLayer of) {
        add(layer, Map.of(), of);
    }

    /**
     * Adds a layer of ours.
     *
     * @param tensors by PyTorch's names in the layer
     */
    void add(Layer layer, Map<String, float[]> tensors, SourceLayer of) {
        tensors.forEach((name, tensor) -> values.put(layers.size() + "." + name, tensor));
        layers.add(layer);
        try {
            shape = new LayeredNetwork(new NetworkSpec(layers), input).outputShape();
        } catch (IllegalArgumentException e) {
            throw of.refusal(e.getMessage());
        }
    }
}
