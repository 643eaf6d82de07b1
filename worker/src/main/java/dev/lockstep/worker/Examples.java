package dev.lockstep.worker;

import java.io.Serializable;

/**
 * Some examples, packed: what a share of a batch is made of and what Spark stores.
 *
 * <p>A plain final class and not a record, because Spark's Kryo cannot write records. The arrays are live.
 */
public final class Examples implements Serializable {
    private final int count;
    private final float[][] features;
    private final float[] targets;
    private final float[] weights;

    /** Examples that all count the same; see the other constructor. */
    public Examples(int count, float[][] features, float[] targets) {
        this(count, features, targets, /* weights */ null);
    }

    /**
     * @param features one array per input group of the network (one for most, 2 or 3 for pair and triplet losses),
     *     example after example
     * @param targets example after example; class indices are whole numbers
     * @param weights of each example in sums of losses and in what their mean divides by; null for all ones
     */
    public Examples(int count, float[][] features, float[] targets, float[] weights) {
        this.count = count;
        this.features = features;
        this.targets = targets;
        this.weights = weights;
    }

    public int count() {
        return count;
    }

    public float[][] features() {
        return features;
    }

    public float[] targets() {
        return targets;
    }

    /** Null where all examples count the same. */
    public float[] weights() {
        return weights;
    }
}
