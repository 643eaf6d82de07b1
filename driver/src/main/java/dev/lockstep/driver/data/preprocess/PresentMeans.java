package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/** Of each feature, how many rows have it and the mean of these. Not thread-safe. */
final class PresentMeans implements Serializable {
    private final long[] counts;
    private final double[] means;
    private long rows;

    PresentMeans(int width) {
        this.counts = new long[width];
        this.means = new double[width];
    }

    /** Of a partition; none where it is empty. */
    static Iterator<PresentMeans> of(Iterator<double[]> rows, int width) {
        if (!rows.hasNext()) {
            return List.<PresentMeans>of().iterator();
        }
        PresentMeans present = new PresentMeans(width);
        rows.forEachRemaining(present::add);
        return List.of(present).iterator();
    }

    private void add(double[] row) {
        rows++;
        for (int i = 0; i < row.length; i++) {
            if (!Double.isNaN(row[i])) {
                means[i] += (row[i] - means[i]) / ++counts[i];
            }
        }
    }

    /** This one, with the rows of the other added. */
    PresentMeans plus(PresentMeans other) {
        rows += other.rows;
        for (int i = 0; i < means.length; i++) {
            if (other.counts[i] > 0) {
                counts[i] += other.counts[i];
                means[i] += (other.means[i] - means[i]) * ((double) other.counts[i] / counts[i]);
            }
        }
        return this;
    }

    long rows() {
        return rows;
    }

    long count(int feature) {
        return counts[feature];
    }

    /** A copy. */
    long[] counts() {
        return counts.clone();
    }

    /** A copy; 0 where no row has the feature. */
    double[] means() {
        return means.clone();
    }
}
