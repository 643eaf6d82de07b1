package dev.lockstep.worker.layer;

import dev.lockstep.params.init.Draws;
import dev.lockstep.params.init.Initializer;
import java.util.Arrays;
import java.util.List;

/**
 * Another initialiser, but with one row of zeros.
 *
 * @param trained whether that row takes its gradient
 */
record ZeroRow(Initializer others, int row, boolean trained) implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        others.fill(shape, draws, values);
        int width = shape.get(1);
        Arrays.fill(values, row * width, (row + 1) * width, 0);
    }
}
