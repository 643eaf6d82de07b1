package org.example.mine;

import dev.lockstep.params.init.Draws;
import dev.lockstep.params.init.Initializer;
import java.util.List;

/** A number and its negative in turn. */
public record Alternating(double size) implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i % 2 == 0 ? size : -size);
        }
    }
}
