package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.List;

/** A fitted preprocessing of one example's features. Immutable, so that all threads may share it. */
public interface Preprocess extends Serializable {
    /** Changes nothing. */
    Preprocess NONE = new Chain(List.of());

    /** Numbers that come out if {@code width} go in. */
    int outputWidth(int width);

    /** @return a new array; {@code row} is not changed */
    double[] apply(double[] row);
}
