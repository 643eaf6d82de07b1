package dev.lockstep.losses;

/**
 * Which dimension of an input holds the classes: the only one of [C], otherwise the second, as in [N, C] and
 * [N, C, d1, d2]. Every other index together is a position, and a position has a row of class scores.
 *
 * @param classes C, at least 1
 * @param positions N · d1 · d2 …
 * @param stride elements from one class to the next
 */
record ClassAxis(int classes, int positions, int stride) {
    static ClassAxis of(Tensor input) {
        int axis = axis(input);
        if (input.rank() == 0 || input.extent(axis) == 0) {
            throw new IllegalArgumentException("Input must have a dimension of classes: input=" + input);
        }

        int stride = 1;
        for (int d = axis + 1; d < input.rank(); d++) {
            stride *= input.extent(d);
        }
        int classes = input.extent(axis);
        return new ClassAxis(classes, input.size() / classes, stride);
    }

    private static int axis(Tensor input) {
        return input.rank() == 1 ? 0 : 1;
    }

    /** The shape of what has one value per position. */
    static int[] positionShape(Tensor input) {
        return TargetShapes.without(axis(input), input.shape());
    }

    /** Where the score of the first class at a position is. */
    int offset(int position) {
        return position / stride * stride * classes + position % stride;
    }

    void read(double[] data, int position, double[] row) {
        int offset = offset(position);
        if (stride == 1) {
            System.arraycopy(data, offset, row, 0, classes);
            return;
        }
        for (int c = 0; c < classes; c++) {
            row[c] = data[offset + c * stride];
        }
    }

    void write(double[] row, double[] data, int position) {
        int offset = offset(position);
        for (int c = 0; c < classes; c++) {
            data[offset + c * stride] = row[c];
        }
    }

    void requireClassIndices(Tensor input, Tensor target) {
        requireClassIndices(input, target, Integer.MIN_VALUE);
    }

    /** Class indices of the positions' shape, each a class or {@code ignored}. */
    void requireClassIndices(Tensor input, Tensor target, int ignored) {
        Inputs.requireIndices("target", target);
        Inputs.requireShape("target", target, positionShape(input));
        for (int i = 0; i < target.size(); i++) {
            double index = target.data()[i];
            if (index != ignored && !(index >= 0 && index < classes)) {
                throw new IllegalArgumentException(
                        "Class index must be at least 0 and below the number of classes: target="
                                + (int) index + ", classes=" + classes + ", position=" + target.position(i)
                                + (ignored == Integer.MIN_VALUE ? "" : ", ignoreIndex=" + ignored));
            }
        }
    }

    /** The weights of the targets that are not ignored, added. */
    double weightOf(Tensor target, int ignored, double[] weights) {
        double sum = 0;
        for (double index : target.data()) {
            sum += index == ignored ? 0 : weights[(int) index];
        }

        return sum;
    }

    /** The same, each times the weight of its example. */
    double weightOf(Tensor target, int ignored, double[] weights, ExampleWeights examples) {
        double sum = 0;
        for (int i = 0; i < positions; i++) {
            int index = (int) target.data()[i];
            sum += index == ignored ? 0 : weights[index] * examples.at(i, positions);
        }

        return sum;
    }
}
