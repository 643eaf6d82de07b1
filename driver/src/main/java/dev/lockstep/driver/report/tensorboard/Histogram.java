package dev.lockstep.driver.report.tensorboard;

import java.nio.FloatBuffer;

/**
 * How values are spread: in 30 buckets of equal width from the smallest to the largest, as TensorFlow's
 * {@code tf.summary.histogram} has them. Values that are not finite are left out.
 */
final class Histogram {
    private static final int BUCKETS = 30;

    private final FloatBuffer values;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;
    private long count;

    private Histogram(FloatBuffer values) {
        this.values = values;
    }

    /** As TensorFlow's HistogramProto. */
    static Message of(FloatBuffer values) {
        Histogram histogram = new Histogram(values);
        histogram.look();
        return histogram.message();
    }

    private void look() {
        for (int i = values.position(); i < values.limit(); i++) {
            float value = values.get(i);
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
    }

    private Message message() {
        double low = count == 0 ? 0 : min;
        double high = count == 0 ? 0 : max;
        double width = (high - low) / BUCKETS;
        // Without a width all values are one: a single bucket holds them.
        double[] counts = new double[width > 0 ? BUCKETS : 1];
        double[] limits = new double[counts.length];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = i == limits.length - 1 ? high : low + width * (i + 1);
        }
        for (int i = values.position(); i < values.limit(); i++) {
            float value = values.get(i);
            if (Float.isFinite(value)) {
                counts[width > 0 ? (int) Math.min(BUCKETS - 1, (value - low) / width) : 0]++;
            }
        }
        return new Message()
                .real(1, low)
                .real(2, high)
                .real(3, (double) count)
                .real(4, sum)
                .real(5, squares)
                .reals(6, limits)
                .reals(7, counts);
    }
}
