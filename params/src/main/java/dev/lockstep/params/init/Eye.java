package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.List;

/**
 * 1 on the diagonal of a matrix, else 0: {@code torch.nn.init.eye_}. As many inputs as possible pass a linear layer
 * unchanged.
 */
public record Eye() implements Initializer {
    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Shapes.requireDimensions("eye", 2, 2, shape);
        int columns = shape.get(1);
        Arrays.fill(values, 0);
        for (int k = 0; k < Math.min(shape.get(0), columns); k++) {
            values[k * columns + k] = 1;
        }
    }
}
