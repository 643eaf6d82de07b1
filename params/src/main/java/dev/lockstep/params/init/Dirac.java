package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.List;

/**
 * 1 in the middle of filter k for input k, else 0: {@code torch.nn.init.dirac_}. As many channels as possible pass a
 * convolution unchanged; in every group of outputs anew.
 *
 * @param groups above 0; divides the outputs
 */
public record Dirac(int groups) implements Initializer {
    public Dirac {
        if (groups < 1) {
            throw new IllegalArgumentException("groups must be above 0: groups=" + groups);
        }
    }

    public Dirac() {
        this(1);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Shapes.requireDimensions("dirac", 3, 5, shape);
        int outputs = shape.get(0);
        int inputs = shape.get(1);
        if (outputs % groups != 0) {
            throw new IllegalArgumentException("groups must divide the outputs: groups=" + groups + ", shape=" + shape);
        }

        int field = values.length / (outputs * inputs);
        int middle = middle(shape.subList(2, shape.size()));
        int outputsPerGroup = outputs / groups;
        Arrays.fill(values, 0);
        for (int output = 0; output < outputs; output++) {
            int channel = output % outputsPerGroup;
            if (channel < inputs) {
                values[(output * inputs + channel) * field + middle] = 1;
            }
        }
    }

    private static int middle(List<Integer> field) {
        int index = 0;
        for (int extent : field) {
            index = index * extent + extent / 2;
        }

        return index;
    }
}
