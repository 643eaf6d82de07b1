package dev.lockstep.params.shard;

import java.io.Serializable;

/** What the sum of all gradients is divided by: the loss's reduction. */
@FunctionalInterface
public interface Divisor extends Serializable {
    /** @param weight of all shares, added; 0 where no example of the batch counts */
    double of(double weight);
}
