package dev.lockstep.losses;

/** The rows of a {@link TripletMargin}: one value each, and its derivatives. */
final class Triplet {
    private static final int ANCHOR = 0;
    private static final int POSITIVE = 1;
    private static final int NEGATIVE = 2;

    private final TripletMargin loss;
    private final Tensor[] inputs;
    private final Tensor[] gradients;
    private final int extent;
    private final Distance near;
    private final Distance far;
    private final Distance swapped;

    /** @param gradients cleared; each may be null */
    Triplet(TripletMargin loss, Tensor[] inputs, Tensor[] gradients) {
        this.loss = loss;
        this.inputs = inputs;
        this.gradients = gradients;
        this.extent = inputs[ANCHOR].extent(inputs[ANCHOR].rank() - 1);
        this.near = new Distance(loss.p(), loss.eps(), extent);
        this.far = new Distance(loss.p(), loss.eps(), extent);
        this.swapped = new Distance(loss.p(), loss.eps(), extent);
    }

    double value(int row, double upstream) {
        double nearby = between(near, ANCHOR, POSITIVE, row);
        double away = between(far, ANCHOR, NEGATIVE, row);
        double shareOfFar = 1;
        if (loss.swap()) {
            double other = between(swapped, POSITIVE, NEGATIVE, row);
            shareOfFar = away < other ? 1 : away == other ? 0.5 : 0;
            away = Math.min(away, other);
        }

        double z = loss.margin() + nearby - away;
        if (z >= 0) {
            add(near, ANCHOR, POSITIVE, row, upstream);
            add(far, ANCHOR, NEGATIVE, row, -upstream * shareOfFar);
            add(swapped, POSITIVE, NEGATIVE, row, -upstream * (1 - shareOfFar));
        }
        return Math.max(z, 0);
    }

    private double between(Distance distance, int a, int b, int row) {
        return distance.between(inputs[a].data(), inputs[b].data(), row * extent);
    }

    private void add(Distance distance, int a, int b, int row, double scale) {
        if (scale != 0) {
            add(distance.slopes(), gradients[a], row, scale);
            add(distance.slopes(), gradients[b], row, -scale);
        }
    }

    private void add(double[] slopes, Tensor gradient, int row, double scale) {
        if (gradient == null) {
            return;
        }

        double[] data = gradient.data();
        int offset = row * extent;
        for (int i = 0; i < extent; i++) {
            data[offset + i] += scale * slopes[i];
        }
    }
}
