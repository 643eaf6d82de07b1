package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.List;

/** 0 everywhere: {@code torch.nn.init.zeros_}. Right for biases and for the shift of a normalisation. */
public record Zeros() implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Arrays.fill(values, 0);
    }
}
