package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How every kind of layer is written. A new one joins by one line in its family. */
final class Writers {
    private static final Writers ALL = all();

    private final Map<Class<? extends Layer>, Writer<?>> byLayer = new HashMap<>();

    private static Writers all() {
        Writers writers = new Writers();
        Activations.join(writers);
        Weighted.join(writers);
        Windows.join(writers);
        Normalizations.join(writers);
        Blocks.join(writers);
        return writers;
    }

    <L extends Layer> void add(Class<L> layer, Writer<L> writer) {
        byLayer.put(layer, writer);
    }

    /** Whether such a layer can be written. */
    static boolean know(Class<? extends Layer> layer) {
        return ALL.byLayer.containsKey(layer);
    }

    /**
     * @throws IllegalArgumentException for a layer that somebody else has made
     */
    static <L extends Layer> String write(L layer, List<Integer> input, String x, Place at) {
        // Only add puts something in, under the class that its writer takes.
        @SuppressWarnings("unchecked")
        Writer<L> writer = (Writer<L>) ALL.byLayer.get(layer.getClass());
        if (writer == null) {
            throw new IllegalArgumentException("Layer cannot be written as TorchScript: layer=" + at.path() + " ("
                    + layer.getClass().getSimpleName() + ")");
        }
        return writer.write(layer, input, x, at);
    }
}
