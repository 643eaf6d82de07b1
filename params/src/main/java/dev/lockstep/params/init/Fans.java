package dev.lockstep.params.init;

import java.util.List;

/**
 * How many inputs reach one unit of a layer, and how many units one input reaches: {@code
 * torch.nn.init._calculate_fan_in_and_fan_out}.
 *
 * <pre>
 *   layer                   shape                in            out
 *   linear                  [out, in]            in            out
 *   convolution             [out, in, k...]      in · Πk       out · Πk
 *   recurrent, weight_ih    [gates · h, in]      in            gates · h
 *   recurrent, weight_hh    [gates · h, h]       h             gates · h
 *   embedding               [words, width]       width         words
 * </pre>
 *
 * A recurrent layer's gates are stacked in one tensor and count as its units, as PyTorch has it. Grouped convolutions
 * have in = inputs of one group.
 */
public record Fans(long in, long out) {
    /**
     * @throws IllegalArgumentException if the shape has fewer than two dimensions
     */
    public static Fans of(List<Integer> shape) {
        if (shape.size() < 2) {
            throw new IllegalArgumentException("Fans need a shape of two dimensions or more: shape=" + shape);
        }

        long field = Shapes.product(shape.subList(2, shape.size()));
        return new Fans(shape.get(1) * field, shape.get(0) * field);
    }

    double average() {
        return (in + out) / 2.0;
    }
}
