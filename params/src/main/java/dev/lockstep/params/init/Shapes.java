package dev.lockstep.params.init;

import java.util.List;

/** Arithmetic and checks on shapes. */
final class Shapes {
    private Shapes() {}

    static long product(List<Integer> extents) {
        long product = 1;
        for (int extent : extents) {
            product = Math.multiplyExact(product, extent);
        }

        return product;
    }

    static void requireDimensions(String initializer, int least, int most, List<Integer> shape) {
        if (shape.size() < least || shape.size() > most) {
            String wanted =
                    least == most ? "" + least : most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new IllegalArgumentException(
                    initializer + " needs a shape of " + wanted + " dimensions: shape=" + shape);
        }
    }
}
