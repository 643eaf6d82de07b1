package dev.lockstep.worker.check;

import java.nio.DoubleBuffer;

/**
 * The slope of the loss along one value, by differences of several widths.
 *
 * <pre>
 *   slope(h) = (L(w + h) − L(w − h)) / 2h           central difference: off by O(h²)
 *   bend(h)  = (L(w + h) − 2 L(w) + L(w − h)) / h    how far the slopes to both sides differ: O(h),
 *                                                   but where there is a corner
 *   doubt(h) = 32 ε |L| / h                         what rounding may make of the slope
 * </pre>
 *
 * Small h are hurt by rounding, and large ones by curvature and by corners of relu and max nearby, so several are tried
 * where a gradient does not agree at once.
 */
final class Difference {
    private static final double[] WIDTHS = {1e-5, 1e-4, 1e-3, 1e-6, 1e-7};
    private static final int[] ASCENDING = {4, 3, 0, 1, 2};
    /** Roundings in a sum of losses; each is of at most half an ε. */
    private static final double ROUNDINGS = 32;

    private final double[] slopes = new double[WIDTHS.length];
    private final double[] bends = new double[WIDTHS.length];
    private final double[] doubts = new double[WIDTHS.length];
    private int best;

    private Difference() {}

    /**
     * @param index of the value in the flat vector
     * @param middle the loss where the value is now
     * @param gradient what is said to be the slope
     * @param wanted how close they should be
     */
    static Difference at(int index, LossSurface surface, double middle, double gradient, double wanted) {
        Difference difference = new Difference();
        for (int i = 0; i < WIDTHS.length; i++) {
            difference.measure(i, index, surface, middle);
            boolean agrees = Math.abs(gradient - difference.slopes[i]) <= wanted / 10;
            if (agrees && difference.doubts[i] <= wanted) {
                difference.best = i;
                return difference;
            }
        }

        difference.addCurvature();
        return difference;
    }

    private void measure(int i, int index, LossSurface surface, double middle) {
        DoubleBuffer w = surface.values();
        double before = w.get(index);
        double h = WIDTHS[i] * Math.max(1, Math.abs(before));
        w.put(index, before + h);
        double above = surface.loss();
        w.put(index, before - h);
        double below = surface.loss();
        w.put(index, before);

        double size = Math.max(Math.abs(middle), Math.max(Math.abs(above), Math.abs(below)));
        slopes[i] = (above - below) / (2 * h);
        bends[i] = (above - 2 * middle + below) / h;
        doubts[i] = ROUNDINGS * Math.ulp(1.0) * size / h;
    }

    /** Of each width: how far its slope is from that of the next smaller one. */
    private void addCurvature() {
        for (int i = ASCENDING.length - 1; i > 0; i--) {
            doubts[ASCENDING[i]] += Math.abs(slopes[ASCENDING[i]] - slopes[ASCENDING[i - 1]]);
        }
        for (int i = 0; i < WIDTHS.length; i++) {
            best = doubts[i] < doubts[best] ? i : best;
        }
    }

    double slope() {
        return slopes[best];
    }

    /** How far the slope itself may be off. */
    double doubt() {
        return doubts[best];
    }

    /**
     * Whether the slopes to both sides differ where it was looked most closely, and either differ still by more than
     * the tenth that curvature would leave of what they differed ten times as wide, or one of them is the gradient:
     * then the corner is just aside.
     *
     * @param wanted differences up to this do not matter
     */
    boolean isCorner(double gradient, double wanted) {
        int closest = ASCENDING[0];
        double bend = Math.abs(bends[closest]);
        double reach = wanted + 4 * doubts[closest];
        boolean stays = bend > Math.abs(bends[ASCENDING[1]]) / 5;
        boolean ofOneSide = Math.abs(Math.abs(gradient - slopes[closest]) - bend / 2) <= reach;
        return bend > reach && (stays || ofOneSide);
    }
}
