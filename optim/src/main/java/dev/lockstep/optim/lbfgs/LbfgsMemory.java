package dev.lockstep.optim.lbfgs;

import java.util.List;

/**
 * All that L-BFGS remembers between steps, beside the point: what PyTorch's {@code state_dict()} holds.
 *
 * @param vectors the last direction, the last gradient, then s and y of each pair of the history, the oldest first;
 *     live
 * @param numbers iterations, evaluations, the last t, the scale of H₀, then yᵀs of each pair
 */
public record LbfgsMemory<V>(List<V> vectors, List<Double> numbers) {
    static final int VECTORS = 2;
    static final int NUMBERS = 3;

    public LbfgsMemory {
        vectors = List.copyOf(vectors);
        numbers = List.copyOf(numbers);
        if (numbers.size() <= NUMBERS || vectors.size() != vectors(numbers.size())) {
            throw new IllegalArgumentException(
                    "Memory does not fit L-BFGS: vectors=" + vectors.size() + ", numbers=" + numbers.size());
        }
    }

    /** How many vectors go with so many numbers. */
    public static int vectors(int numbers) {
        return VECTORS + 2 * (numbers - NUMBERS - 1);
    }
}
