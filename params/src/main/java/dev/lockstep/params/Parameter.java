package dev.lockstep.params;

import java.io.Serializable;
import java.util.List;

/**
 * One named tensor of a network, trained or not.
 *
 * @param name as {@code torch.nn.Sequential.state_dict()} would give it: {@code 0.weight}, {@code 1.running_mean}
 * @param shape extents, outermost first; empty for a scalar
 * @param sparse whether its gradient is a list of rows, the others being 0, as an embedding's may be; a row is what one
 *     index of the outermost extent has
 */
public record Parameter(String name, List<Integer> shape, boolean sparse) implements Serializable {
    public Parameter {
        shape = List.copyOf(shape);
        for (int extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException("Extents must be above 0: parameter=" + name + ", shape=" + shape);
            }
        }
        if (product(shape) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Parameter has too many values: parameter=" + name + ", shape=" + shape
                    + ", limit=" + Integer.MAX_VALUE);
        }
        if (sparse && shape.isEmpty()) {
            throw new IllegalArgumentException("A scalar has no rows: parameter=" + name);
        }
    }

    /** One whose gradient has all its values. */
    public Parameter(String name, List<Integer> shape) {
        this(name, shape, /* sparse */ false);
    }

    /** Values per row. */
    public int rowWidth() {
        return size() / shape.get(0);
    }

    /** How many values it holds. */
    public int size() {
        return (int) product(shape);
    }

    /** Stops above the limit, so that no shape overflows it. */
    private static long product(List<Integer> shape) {
        long product = 1;
        for (int i = 0; i < shape.size() && product <= Integer.MAX_VALUE; i++) {
            product *= shape.get(i);
        }
        return product;
    }
}
