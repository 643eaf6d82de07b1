package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Layer;
import java.util.List;

/** How one kind of layer is written. */
@FunctionalInterface
interface Writer<L extends Layer> {
    /**
     * @param input extents of one example as it comes in
     * @param x the name of what comes in
     * @return the name of what comes out
     */
    String write(L layer, List<Integer> input, String x, Place at);
}
