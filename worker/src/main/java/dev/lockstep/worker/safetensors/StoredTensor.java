package dev.lockstep.worker.safetensors;

import java.util.List;

/**
 * What a safetensors file says of one of its tensors.
 *
 * @param shape extents, outermost first; empty for a scalar; an extent may be 0
 */
public record StoredTensor(String name, DType dtype, List<Integer> shape) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** How many numbers it holds. */
    public long count() {
        long count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }

        return count;
    }

    /** How many bytes it takes. */
    public long length() {
        return Math.multiplyExact(count(), dtype.length());
    }
}
