package dev.lockstep.losses;

/**
 * What the losses of some examples add up to, and what a mean over them divides by.
 *
 * <p>Sums of unequal shares can be added and means cannot: {@code mean = Σ sum / Σ weight} over all workers.
 *
 * @param sum the losses, added
 * @param weight elements, examples or class weights, whatever the loss's mean divides by
 */
public record LossSum(double sum, double weight) {
    public static final LossSum NONE = new LossSum(0, 0);

    /** These values, each of weight 1. */
    static LossSum of(Tensor values) {
        double sum = 0;
        for (double value : values.data()) {
            sum += value;
        }

        return new LossSum(sum, values.size());
    }

    /** These values, each of a weight of its own. */
    static LossSum of(Tensor values, Tensor weights) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.size(); i++) {
            double w = weights.data()[i];
            // What does not count may be infinite.
            sum += w == 0 ? 0 : w * values.data()[i];
            weight += w;
        }

        return new LossSum(sum, weight);
    }

    /** NaN if nothing counted. */
    public double mean() {
        return sum / weight;
    }

    public LossSum plus(LossSum other) {
        return new LossSum(sum + other.sum, weight + other.weight);
    }
}
