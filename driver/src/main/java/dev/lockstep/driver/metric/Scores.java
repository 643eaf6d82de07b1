package dev.lockstep.driver.metric;

import dev.lockstep.losses.Tensor;

/**
 * Rows of scores along dimension 1 of a tensor: one row for every position, which is an example and, as in
 * [N, C, d1, d2], a place in it.
 *
 * @param columns how many scores a row has
 * @param stride elements from one score of a row to the next
 */
record Scores(double[] data, int columns, int positions, int stride) {
    static final int NONE = -1;

    static Scores of(Tensor tensor) {
        int stride = 1;
        for (int d = 2; d < tensor.rank(); d++) {
            stride *= tensor.extent(d);
        }
        int columns = tensor.rank() < 2 ? 1 : tensor.extent(1);
        return new Scores(tensor.data(), columns, tensor.extent(0) * stride, stride);
    }

    double at(int position, int column) {
        return data[position / stride * stride * columns + position % stride + column * stride];
    }

    /** Where the first of the largest scores is; {@link #NONE} if one of them is NaN. */
    int largest(int position) {
        int best = 0;
        for (int c = 0; c < columns; c++) {
            double score = at(position, c);
            if (Double.isNaN(score)) {
                return NONE;
            }
            best = score > at(position, best) ? c : best;
        }

        return best;
    }
}
