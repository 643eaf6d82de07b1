package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Missing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Learns from the training data what fills the gaps of each feature. */
final class Gaps {
    private Gaps() {}

    /**
     * @param rows with NaN for gaps
     * @param names of the features, for messages; empty where they have none
     * @throws DataException for a feature of which no row has a value to learn from
     */
    static Fill fit(Missing.Filled missing, SparkFeatureRows rows, List<String> names) {
        int width = rows.shape().stream().reduce(1, Math::multiplyExact);
        if (missing instanceof Missing.Constant constant && !constant.indicator()) {
            double[] values = new double[width];
            Arrays.fill(values, constant.value());
            return new Fill(values, new int[0]);
        }
        PresentMeans present = rows.present();
        int[] marked = IntStream.range(0, width)
                .filter(i -> missing.indicator() && present.count(i) < present.rows())
                .toArray();
        return new Fill(values(missing, rows, present, names), marked);
    }

    private static double[] values(
            Missing.Filled missing, SparkFeatureRows rows, PresentMeans present, List<String> names) {
        double[] values = present.means();
        if (missing instanceof Missing.Constant constant) {
            Arrays.fill(values, constant.value());
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            if (present.count(i) == 0) {
                throw new DataException(
                        "Feature must have a value in some training row, for gaps to be filled with: feature="
                                + (names.size() == values.length ? names.get(i) : "number " + i) + ", rows="
                                + present.rows()
                                + ". Leave it out of data.features, or use data.missing: {constant: 0}.");
            }
        }
        return missing instanceof Missing.Median ? rows.medians(present.counts()) : values;
    }
}
