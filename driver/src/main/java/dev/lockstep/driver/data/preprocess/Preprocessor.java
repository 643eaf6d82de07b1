package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.List;

/** A kind of preprocessing with its settings, to be fitted to the training data and to nothing else. */
public interface Preprocessor extends Serializable {
    /** @throws dev.lockstep.driver.DataException if the data do not allow it */
    Preprocess fit(FeatureRows rows);

    /** Shape of an example that had {@code shape} before. */
    default List<Integer> outputShape(List<Integer> shape) {
        return shape;
    }
}
