package dev.lockstep.driver.data.source;

import dev.lockstep.driver.job.Data;
import java.util.List;

/**
 * What is taken from each row.
 *
 * @param features names or ranges of columns, in up to 3 groups; empty for every column but the label
 * @param label names of columns, empty if the format has a label of its own or if there is none
 * @param shape of one example, empty to take the columns as a vector
 */
public record Selection(List<List<String>> features, List<String> label, Targets targets, List<Integer> shape) {
    public static Selection of(Data data, Targets targets) {
        return new Selection(data.features().groups(), data.label(), targets, data.shape());
    }

    /** Numbers that {@code shape} has room for, 0 if there is no shape. */
    int width() {
        return shape.isEmpty() ? 0 : shape.stream().reduce(1, Math::multiplyExact);
    }

    public Selection label(List<String> changed) {
        return new Selection(features, changed, targets, shape);
    }

    public Selection shape(List<Integer> changed) {
        return new Selection(features, label, targets, changed);
    }
}
