package dev.lockstep.losses;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Fixed weights of elements, broadcast over the dimensions in front: [C] is one weight per column.
 *
 * @param values last index fastest, finite and not negative
 * @param shape of the values; none for a single weight of everything
 */
public record ElementWeights(List<Double> values, List<Integer> shape) implements Serializable {
    public ElementWeights {
        values = LossSettings.weights("weight", values);
        shape = List.copyOf(shape);
        Tensor fits = tensor(values, shape);
    }

    /** One weight per column. */
    public ElementWeights(List<Double> values) {
        this(values, List.of(values.size()));
    }

    /** The weights as they go with an input, which they must not enlarge; null for null. */
    static Tensor over(Tensor input, ElementWeights weights, String name) {
        if (weights == null) {
            return null;
        }

        Tensor factor = tensor(weights.values, weights.shape);
        if (!Arrays.equals(input.shape(), Operand.broadcast(input, factor))) {
            throw new IllegalArgumentException(
                    name + " must not be larger than the input: " + name + "=" + factor + ", input=" + input);
        }
        return factor;
    }

    private static Tensor tensor(List<Double> values, List<Integer> shape) {
        return Tensor.of(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                shape.stream().mapToInt(Integer::intValue).toArray());
    }
}
