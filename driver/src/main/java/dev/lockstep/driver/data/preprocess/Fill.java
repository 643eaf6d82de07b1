package dev.lockstep.driver.data.preprocess;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Puts a number into each gap, which is NaN. Behind all features comes one for each that is marked: 1 at a gap, else 0.
 *
 * @param values of each feature
 * @param marked places of the features, rising
 */
public record Fill(double[] values, int[] marked) implements Preprocess {
    @Override
    public int outputWidth(int width) {
        if (width != values.length) {
            throw new IllegalArgumentException(
                    "Features do not fit the filling of gaps: features=" + width + ", fitted to " + values.length);
        }
        return width + marked.length;
    }

    @Override
    public boolean keepsNumbers() {
        return true;
    }

    @Override
    public double[] apply(double[] row) {
        double[] output = Arrays.copyOf(row, outputWidth(row.length));
        for (int i = 0; i < marked.length; i++) {
            output[row.length + i] = Double.isNaN(row[marked[i]]) ? 1 : 0;
        }
        for (int i = 0; i < row.length; i++) {
            output[i] = Double.isNaN(row[i]) ? values[i] : row[i];
        }
        return output;
    }

    @Override
    public Map<String, Object> toMap() {
        List<Integer> places = Arrays.stream(marked).boxed().toList();
        return Map.of("fill", Map.of("values", PlainForm.list(values), "marked", places));
    }
}
