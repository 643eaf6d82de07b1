package dev.lockstep.params.init;

/** From double to float without leaving an interval. */
final class Rounding {
    private Rounding() {}

    /** The float nearest to x among those from low to high; the nearest of all if the interval holds no float. */
    static float between(double low, double high, double x) {
        float nearest = (float) x;
        float inside = nearest < low ? Math.nextUp(nearest) : nearest > high ? Math.nextDown(nearest) : nearest;
        return inside < low || inside > high ? nearest : inside;
    }
}
