package dev.lockstep.params;

import java.io.Serializable;
import java.util.List;

/**
 * One named tensor of a network, trained or not.
 *
 * @param name as {@code torch.nn.Sequential.state_dict()} would give it: {@code 0.weight}, {@code 1.running_mean}
 * @param shape extents, outermost first; empty for a scalar
 */
public record Parameter(String name, List<Integer> shape) implements Serializable {
    public Parameter {
        shape = List.copyOf(shape);
        for (int extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException("Extents must be above 0: parameter=" + name + ", shape=" + shape);
            }
        }
    }

    /** How many values it holds. */
    public int size() {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }

        return size;
    }
}
