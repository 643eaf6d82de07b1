package dev.lockstep.optim.lbfgs;

/**
 * A point on the search line.
 *
 * @param t distance along the direction
 * @param slope of the value along the direction
 */
record LineSearchPoint<V>(double t, double value, double slope, V gradient) {
    /** Where the cubic through both ends is least, kept between {@code least} and {@code most}. */
    static double interpolate(LineSearchPoint<?> one, LineSearchPoint<?> other, double least, double most) {
        double d1 = one.slope + other.slope - 3 * (one.value - other.value) / (one.t - other.t);
        double square = d1 * d1 - one.slope * other.slope;
        if (!(square >= 0)) {
            return (least + most) / 2;
        }

        LineSearchPoint<?> low = one.t <= other.t ? one : other;
        LineSearchPoint<?> high = one.t <= other.t ? other : one;
        double d2 = Math.sqrt(square);
        double t = high.t - (high.t - low.t) * ((high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2));
        return Math.min(Math.max(t, least), most);
    }
}
