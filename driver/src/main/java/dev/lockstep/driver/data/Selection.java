package dev.lockstep.driver.data;

import java.util.List;

/**
 * What is taken from each row.
 *
 * @param features names or ranges of columns, in 1 to 3 groups; empty where the format has no columns
 * @param label names of columns, empty if there is nothing to compare predictions with
 * @param shape of one example, empty to take the columns as a vector
 */
public record Selection(List<List<String>> features, List<String> label, Targets targets, List<Integer> shape) {
    /** Numbers that {@code shape} has room for, 0 if there is no shape. */
    int width() {
        return shape.isEmpty() ? 0 : shape.stream().reduce(1, Math::multiplyExact);
    }
}
