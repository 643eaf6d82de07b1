package dev.lockstep.losses;

/**
 * What each example of a share counts.
 *
 * @param weights not copied
 */
record ExampleWeights(double[] weights) {
    /** The weight of its example for each of some values, which belong to the examples one after the other. */
    Tensor over(Tensor values) {
        Tensor each = Tensor.zeros(values.shape());
        int neighbours = neighbours(values.size());
        for (int i = 0; i < values.size(); i++) {
            each.data()[i] = weights[i / neighbours];
        }

        return each;
    }

    /** Of the positions of some examples, each of which belongs to one. */
    double at(int position, int positions) {
        return weights[position / neighbours(positions)];
    }

    double sum() {
        return Sum.of(weights, weights.length);
    }

    private int neighbours(int values) {
        if (weights.length == 0 || values % weights.length != 0) {
            throw new IllegalArgumentException(
                    "There must be a weight for each example: weights=" + weights.length + ", values=" + values);
        }

        return values / weights.length;
    }
}
