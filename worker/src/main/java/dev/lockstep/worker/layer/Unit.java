package dev.lockstep.worker.layer;

import java.util.List;

/**
 * A layer fitted to its input.
 *
 * @param output extents of one example as it comes out
 */
public record Unit(List<Integer> output, Forward forward) {
    public Unit {
        output = List.copyOf(output);
    }
}
