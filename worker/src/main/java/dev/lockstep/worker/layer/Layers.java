package dev.lockstep.worker.layer;

import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue: every layer's name in a job file. A new layer joins by one line. */
public final class Layers {
    private static final Map<String, Class<? extends Layer>> BY_NAME = catalogue();

    private Layers() {}

    public static Map<String, Class<? extends Layer>> byName() {
        return BY_NAME;
    }

    /** The name in a job file, or the class's own for a layer that is not in the catalogue. */
    static String nameOf(Layer layer) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue() == layer.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(layer.getClass().getSimpleName());
    }

    private static Map<String, Class<? extends Layer>> catalogue() {
        Map<String, Class<? extends Layer>> layers = new LinkedHashMap<>();
        layers.put("linear", Linear.class);
        layers.put("conv2d", Conv2d.class);
        layers.put("max_pool2d", MaxPool2d.class);
        layers.put("flatten", Flatten.class);
        layers.put("relu", Relu.class);
        layers.put("tanh", Tanh.class);
        return java.util.Collections.unmodifiableMap(layers);
    }
}
