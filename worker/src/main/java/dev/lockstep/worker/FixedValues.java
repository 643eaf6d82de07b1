package dev.lockstep.worker;

import dev.lockstep.params.init.Draws;
import dev.lockstep.params.init.Initializer;
import java.util.List;

/** Fills a tensor with the values that a network brings of its own. */
public record FixedValues(float[] own) implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        System.arraycopy(own, 0, values, 0, values.length);
    }
}
