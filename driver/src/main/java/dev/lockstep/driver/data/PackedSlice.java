package dev.lockstep.driver.data;

import dev.lockstep.worker.Examples;
import java.io.Serializable;

/**
 * All examples of one slice of {@link Dealing}, place after place: the element of the data that Spark keeps for the
 * whole run.
 *
 * <p>A plain final class and not a record, because Spark's Kryo cannot write records. The arrays are live.
 */
public final class PackedSlice implements Serializable {
    private final int slice;
    private final Examples examples;

    PackedSlice(int slice, Examples examples) {
        this.slice = slice;
        this.examples = examples;
    }

    public int slice() {
        return slice;
    }

    public Examples examples() {
        return examples;
    }
}
