package dev.lockstep.driver.data.preprocess;

import java.util.Arrays;
import java.util.Map;

/**
 * Projects the centred features on directions.
 *
 * <pre>
 *   yₖ = Σᵢ directionsₖᵢ (xᵢ − meanᵢ)
 * </pre>
 *
 * @param directions one row for each number that comes out
 */
public record Projection(double[] mean, double[][] directions) implements Preprocess {
    public Projection {
        if (directions.length == 0 || Arrays.stream(directions).anyMatch(row -> row.length != mean.length)) {
            throw new IllegalArgumentException("Each direction must be as long as the mean: directions="
                    + directions.length + ", mean=" + mean.length);
        }
    }

    @Override
    public int outputWidth(int width) {
        if (width != mean.length) {
            throw new IllegalArgumentException(
                    "Features do not fit the preprocessing: features=" + width + ", fitted to " + mean.length);
        }
        return directions.length;
    }

    @Override
    public double[] apply(double[] row) {
        double[] output = new double[outputWidth(row.length)];
        double[] centred = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            centred[i] = row[i] - mean[i];
        }
        for (int k = 0; k < output.length; k++) {
            output[k] = dot(directions[k], centred);
        }
        return output;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public boolean mixes() {
        return true;
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of(
                "projection",
                Map.of(
                        "mean",
                        PlainForm.list(mean),
                        "directions",
                        Arrays.stream(directions).map(PlainForm::list).toList()));
    }
}
