package dev.lockstep.params.shard;

/** What the sum of all gradients is divided by: the loss's reduction. */
public enum Divisor {
    /** The weights of all shares, added: the gradient of the mean. */
    WEIGHT {
        @Override
        double of(double weight) {
            return weight;
        }
    },
    /** One: the gradient of the sum. */
    ONE {
        @Override
        double of(double weight) {
            return 1;
        }
    };

    abstract double of(double weight);
}
