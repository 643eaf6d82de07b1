package dev.lockstep.params.init;

import dev.lockstep.params.Parameter;
import java.io.Serializable;
import java.util.List;

/**
 * Fills a tensor before the first step. Immutable; its components are the arguments of {@code torch.nn.init}'s function
 * of the same name.
 *
 * <p>A value depends on the shape, the draws and its index alone: never on an earlier call.
 */
public interface Initializer extends Serializable {
    /**
     * Writes every value of the tensor, last index fastest.
     *
     * @param shape extents, outermost first: [out, in] of a linear layer, [out, in, k...] of a convolution
     * @param values as long as the shape's product; the caller's, not kept
     * @throws IllegalArgumentException if the initialiser is not defined for the shape
     */
    void fill(List<Integer> shape, Draws draws, float[] values);

    /**
     * A new array with the parameter's values under a seed: the same in every process, whatever part of it is needed
     * there.
     */
    default float[] values(Parameter parameter, long seed) {
        float[] values = new float[parameter.size()];
        try {
            fill(parameter.shape(), Draws.of(seed, parameter.name()), values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", parameter=" + parameter.name(), e);
        }

        return values;
    }
}
