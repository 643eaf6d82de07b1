package dev.lockstep.dl4j.data;

import java.io.Serializable;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One worker's share of one batch. A plain final class, because Spark's Kryo cannot write records.
 *
 * <p>Where a batch has fewer examples than there are workers, those without any get one that does not count, so that
 * all of them do the same.
 */
public final class PackedShare implements Serializable {
    private final int count;
    private final int whole;
    private final byte[] bytes;

    PackedShare(int count, int whole, byte[] bytes) {
        this.count = count;
        this.whole = whole;
        this.bytes = bytes;
    }

    /** How many of its examples count: all or none. */
    public int count() {
        return count;
    }

    /** Examples of the whole batch. */
    public int whole() {
        return whole;
    }

    /** Unpacked anew at each call. */
    public MultiDataSet examples() {
        return PackedArrays.unpack(bytes);
    }
}
