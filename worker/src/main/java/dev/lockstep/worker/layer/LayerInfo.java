package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.List;

/**
 * One layer of a network, as it is fitted.
 *
 * @param name its position and its name in a job file, as in {@code 3.0 (conv2d)}
 * @param output extents of one example as it comes out
 * @param weighted whether it has a weight of its own, and so a say in how strong signals are behind it
 * @param bounds of its results, for those that saturate; null for others
 */
public record LayerInfo(String name, List<Integer> output, boolean weighted, Bounds bounds) implements Serializable {
    public LayerInfo {
        output = List.copyOf(output);
    }
}
