package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Normal with a fixed number of zeros in every column, after Martens (2010): {@code torch.nn.init.sparse_}.
 *
 * <pre>
 *   ⌈sparsity · rows⌉ random places of each column are 0, the others N(0, std²)
 * </pre>
 *
 * @param sparsity share of zeros, from 0 to 1
 * @param std of the other values, finite and at least 0
 */
public record Sparse(double sparsity, double std) implements Initializer {
    public Sparse {
        if (!(sparsity >= 0 && sparsity <= 1)) {
            throw new IllegalArgumentException("sparsity must be from 0 to 1: sparsity=" + sparsity);
        }
        SettingChecks.requireAtLeastZero("std", std);
    }

    public Sparse(double sparsity) {
        this(sparsity, 0.01);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Shapes.requireDimensions("sparse", 2, 2, shape);
        int rows = shape.get(0);
        int columns = shape.get(1);
        int zeros = (int) Math.ceil(sparsity * rows);
        Draws places = draws.fork(1);
        new Normal(0, std).fill(shape, draws, values);

        int[] order = new int[rows];
        for (int column = 0; column < columns; column++) {
            shuffleFront(order, zeros, places.fork(column));
            for (int k = 0; k < zeros; k++) {
                values[order[k] * columns + column] = 0;
            }
        }
    }

    /** Fisher and Yates' shuffle, as far as the front of the order is wanted. */
    private static void shuffleFront(int[] order, int wanted, Draws places) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }

        for (int k = 0; k < wanted; k++) {
            int other = k + places.below(order.length - k, k);
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
    }
}
