package dev.lockstep.driver.job;

import dev.lockstep.losses.NumberChecks;
import java.io.Serializable;

/**
 * How the categories of a column, or of a range of them, get a vector each that is learned.
 *
 * @param size numbers of a vector; null for as many as suit the number of categories
 * @param minCount in how many training rows a value has to be; rarer ones are unknown
 * @param sparse whether the gradient is a list of the rows that a share names, which alone travel and are updated
 */
public record Category(Integer size, int minCount, boolean sparse) implements Serializable {
    /** As many as this are refused. */
    public static final int MOST = 10_000_000;

    private static final double FACTOR = 1.6;
    private static final double POWER = 0.56;
    private static final int WIDEST = 600;

    public Category {
        if (size != null) {
            NumberChecks.requirePositive("size", size);
        }
        NumberChecks.requirePositive("min_count", minCount);
    }

    public Category() {
        this(null, 1, false);
    }

    public Category size(int changed) {
        return new Category(changed, minCount, sparse);
    }

    public Category minCount(int changed) {
        return new Category(size, changed, sparse);
    }

    public Category sparse(boolean changed) {
        return new Category(size, minCount, changed);
    }

    /**
     * Numbers of a vector.
     *
     * <pre>
     *   1.6 · n^0.56, at most 600     as fastai's emb_sz_rule
     * </pre>
     *
     * @param categories how many there are, the unknown one among them
     */
    public int width(int categories) {
        return size != null ? size : (int) Math.min(WIDEST, Math.round(FACTOR * Math.pow(categories, POWER)));
    }
}
