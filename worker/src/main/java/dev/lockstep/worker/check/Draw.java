package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Which values of a tensor are tried: all of a small one. Of a large one every other draw is from those that have a
 * gradient, since of an embedding nearly all have none; the rest are from all, where a gradient may be missing.
 */
final class Draw {
    private static final int TRIES = 1000;

    private final Random random;
    private final Set<Integer> drawn = new HashSet<>();
    private final double[] gradient;
    private final int start;
    private final int size;
    private int count;

    /** @param start of the tensor in the flat vector that {@code gradient} is of */
    Draw(long seed, Parameter parameter, double[] gradient, int start) {
        this.random = new Random(seed ^ parameter.name().hashCode());
        this.gradient = gradient;
        this.start = start;
        this.size = parameter.size();
    }

    /** An index in the tensor that was not drawn before; −1 if there is none. */
    int next() {
        if (drawn.size() == size) {
            return -1;
        }

        int index = count++ % 2 == 0 ? withGradient() : random.nextInt(size);
        while (!drawn.add(index)) {
            index = (index + 1) % size;
        }
        return index;
    }

    /** Any, if none with a gradient is found. */
    private int withGradient() {
        int index = random.nextInt(size);
        for (int i = 0; i < TRIES && (gradient[start + index] == 0 || drawn.contains(index)); i++) {
            index = random.nextInt(size);
        }

        return index;
    }
}
