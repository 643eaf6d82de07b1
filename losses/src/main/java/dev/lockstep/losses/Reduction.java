package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the losses of a batch become the one number that is minimised. */
public enum Reduction {
    MEAN,
    SUM,
    /** For {@link KlDiv} only: the sum divided by the examples, where {@code MEAN} divides by the elements. */
    BATCHMEAN;

    /** The reduction of PyTorch's name; its {@code none} is {@link Loss#values}. */
    public static Reduction named(String name) {
        for (Reduction reduction : values()) {
            if (reduction.lowerCase().equals(name)) {
                return reduction;
            }
        }

        List<String> known = Arrays.stream(values()).map(Reduction::lowerCase).toList();
        throw new IllegalArgumentException("reduction must be one of " + known + ": reduction=" + name);
    }

    /**
     * What the added losses, and their gradient, are divided by.
     *
     * <p>A mean over weight 0 is NaN and has no gradient, so the added gradient, which is 0 then, stays as it is. This
     * is the one rule: whoever divides elsewhere, as the shards of a cluster do, divides by the same.
     */
    public double divisor(double weight) {
        return this == SUM || weight == 0 ? 1 : weight;
    }

    /** What the added losses come to: of a mean in which nothing counts NaN, as PyTorch's. */
    public double of(double sum, double weight) {
        return this == SUM ? sum : sum / weight;
    }

    private String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
