package dev.lockstep.dl4j.net;

import dev.lockstep.params.Parameter;
import java.util.List;

/**
 * One tensor in a network's flat vectors.
 *
 * @param layer its layer's number, or its vertex's name
 * @param key what the layer calls it: W, b
 * @param shape as Deeplearning4j has it
 * @param start its first value's place in the flat vectors
 * @param frozen whether its layer is not trained
 * @param moves whether what stands for its gradient is a mean over the examples at hand, by which it is moved, as that
 *     of running statistics is
 */
public record Part(String layer, String key, List<Integer> shape, int start, boolean frozen, boolean moves) {
    /** Under Deeplearning4j's own name. */
    public Parameter parameter() {
        return new Parameter(layer + "_" + key, shape);
    }

    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    int end() {
        return start + size();
    }
}
