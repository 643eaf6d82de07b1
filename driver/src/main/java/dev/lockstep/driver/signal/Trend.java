package dev.lockstep.driver.signal;

import java.util.List;

/**
 * Whether a signal gets weaker or stronger from layer to layer, by a factor that would sooner or later leave the band:
 * of 0.63, half the way in 15 layers.
 *
 * <pre>
 *   factor = exp of the least-squares slope of log deviation over the layers' numbers
 * </pre>
 *
 * A factor below 3/4 or above 4/3 over four layers or more is a trend. With tanh and Xavier the factor comes close to 1
 * the deeper the network, with relu it is 1 for Kaiming and 0.71 for Xavier.
 *
 * @param factor 1 if there is no trend
 * @param first deviation where it begins; NaN if there is no trend
 */
record Trend(double factor, double first) {
    private static final int FEWEST = 4;
    private static final double LEAST = 3.0 / 4;
    /** A layer has gone with the trend if its deviation has changed by more than this. */
    private static final double FAR = 0.3;

    private static final Trend NONE = new Trend(1, Double.NaN);

    /** @param deviations of the layers that the signal comes through, in its direction */
    static Trend of(List<Double> deviations) {
        if (deviations.size() < FEWEST || !deviations.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
            return NONE;
        }

        double factor = Math.exp(slope(deviations));
        return factor < LEAST || factor > 1 / LEAST ? new Trend(factor, deviations.get(0)) : NONE;
    }

    private static double slope(List<Double> deviations) {
        int count = deviations.size();
        double middle = (count - 1) / 2.0;
        double above = 0;
        double below = 0;
        for (int i = 0; i < count; i++) {
            above += (i - middle) * Math.log(deviations.get(i));
            below += (i - middle) * (i - middle);
        }

        return above / below;
    }

    Verdict verdict(double deviation) {
        if (factor < LEAST && deviation < FAR * first) {
            return Verdict.VANISHING;
        }
        return factor > 1 / LEAST && deviation > first / FAR ? Verdict.EXPLODING : Verdict.SOUND;
    }
}
