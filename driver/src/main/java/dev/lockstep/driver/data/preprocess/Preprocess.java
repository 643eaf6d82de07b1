package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.Map;

/**
 * A fitted preprocessing of one example's features. Immutable, so that all threads may share it. The arrays are live
 * and must not be changed.
 */
public sealed interface Preprocess extends Serializable permits Chain, AllButLast, Fill, Scaling, Projection {
    /**
     * Numbers that come out if {@code width} go in.
     *
     * @throws IllegalArgumentException if this was fitted to examples of another width
     */
    int outputWidth(int width);

    /** Whether numbers that are there come out as they went in. */
    default boolean keepsNumbers() {
        return false;
    }

    /** @return a new array; {@code row} is not changed */
    double[] apply(double[] row);

    /** Whether a number that comes out may be of several that go in, and not the one in its place. */
    default boolean mixes() {
        return false;
    }

    /** In maps, lists, numbers and strings alone, to be stored with the model. */
    Map<String, Object> toMap();

    /**
     * Undoes {@link #toMap}.
     *
     * @throws IllegalArgumentException if the map is not one of its results
     */
    static Preprocess fromMap(Map<?, ?> map) {
        return PlainForm.read(map);
    }
}
