package dev.lockstep.driver.job;

import java.util.List;

/** Whether extents are those of an example that can be held. */
final class ExampleShape {
    private ExampleShape() {}

    /** @param shape empty for one number, or for a shape that is told elsewhere */
    static void require(List<Integer> shape) {
        if (shape.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("shape must have extents of at least 1: shape=" + shape);
        }
        long values = 1;
        for (int extent : shape) {
            values *= extent;
            if (values > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape must be of at most " + Integer.MAX_VALUE + " values: shape=" + shape);
            }
        }
    }
}
