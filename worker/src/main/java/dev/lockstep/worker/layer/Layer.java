package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.List;

/**
 * Settings of one layer, with torch.nn's names and defaults; input sizes are inferred. Implementations are immutable
 * records and thread-safe. Users may add their own.
 */
public interface Layer extends Serializable {
    /**
     * Works out what comes out for what goes in, and writes down in {@code scope} what the layer keeps. Touches no
     * native code.
     *
     * @param input extents of one example: the batch's own dimension is left out
     * @throws IllegalArgumentException made by {@link Scope#refuse} if the layer cannot take such an input
     */
    Unit unit(List<Integer> input, Scope scope);

    /**
     * Writes what the layer computes in TorchScript's language, for programs that do not know Lockstep.
     *
     * @param input extents of one example, as {@link #unit} took them
     * @param x the name of what comes in
     * @return the name of what comes out
     * @throws IllegalArgumentException here, and for every layer that does not say how it is written
     */
    default String torchScript(List<Integer> input, String x, ScriptScope script) {
        throw new IllegalArgumentException(
                "Layer cannot be written as TorchScript: layer=" + script.path() + " (" + Layers.nameOf(this) + ")");
    }

    /** Layers that it is made of. */
    default List<Layer> inner() {
        return List.of();
    }

    /** Between which values its results saturate; null where they do not. */
    default Bounds bounds() {
        return null;
    }
}
