package dev.lockstep.worker.layerstats;

/**
 * Mean and standard deviation of values that come piece by piece. Not thread-safe.
 *
 * <pre>
 *   of two pieces   M₂ = M₂ᵃ + M₂ᵇ + (mᵇ − mᵃ)² nᵃ nᵇ / (nᵃ + nᵇ)        σ = √(M₂ / n)
 * </pre>
 *
 * Source: Chan, Golub, LeVeque (1979). Two passes over each piece, so that a large mean takes no digits from a small
 * deviation.
 */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double[] values) {
        if (values.length == 0) {
            return;
        }

        double ownMean = mean(values);
        double ownSquares = squares(values, ownMean);
        double apart = ownMean - mean;
        long both = count + values.length;
        squares += ownSquares + apart * apart * count * values.length / both;
        mean += apart * values.length / both;
        count = both;
    }

    /** NaN if there are no values. */
    double deviation() {
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }

        return sum / values.length;
    }

    private static double squares(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }

        return sum;
    }
}
