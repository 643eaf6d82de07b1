package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.List;

/**
 * Settings of one layer, with torch.nn's names and defaults; input sizes are inferred. Implementations are immutable records and
 * thread-safe. Users may add their own.
 */
public interface Layer extends Serializable {
    /**
     * Works out what comes out for what goes in, and writes down in {@code scope} what the layer keeps. Touches no native code.
     *
     * @param input extents of one example: the batch's own dimension is left out
     * @throws IllegalArgumentException made by {@link Scope#refuse} if the layer cannot take such an input
     */
    Unit unit(List<Integer> input, Scope scope);

    /** Between which values its results saturate; null where they do not. */
    default Bounds bounds() {
        return null;
    }
}
