package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.List;

/** 1 everywhere: {@code torch.nn.init.ones_}. Right for the scale of a normalisation. */
public record Ones() implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Arrays.fill(values, 1);
    }
}
