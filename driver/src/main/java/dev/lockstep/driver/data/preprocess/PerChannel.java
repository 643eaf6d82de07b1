package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;
import java.util.Arrays;

/**
 * Takes the mean of each channel away, as VGG did, and divides by its standard deviation, as ResNet did. A channel's
 * mean and variance are those over all its pixels in all images.
 *
 * <pre>
 *   y = (x − mean_c) / std_c        or y = x − mean_c
 * </pre>
 */
public record PerChannel(Statistics statistics) implements Preprocessor {
    /** What is used of a channel. */
    public enum Statistics {
        MEAN,
        MEAN_STD
    }

    /** Mean and standard deviation. */
    public PerChannel() {
        this(Statistics.MEAN_STD);
    }

    @Override
    public Preprocess fit(FeatureRows rows) {
        if (rows.shape().size() < 2) {
            throw new DataException(
                    "per_channel needs a shape with channels first, as [3, 32, 32]: shape=" + rows.shape());
        }
        ColumnMoments moments = rows.moments();
        int channels = rows.shape().get(0);
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            int from = channel * moments.mean().length / channels;
            int to = (channel + 1) * moments.mean().length / channels;
            mean[channel] = Arrays.stream(moments.mean(), from, to).average().orElseThrow();
            deviation[channel] = Math.sqrt(variance(moments, mean[channel], from, to));
        }
        return Scaling.of(mean, statistics == Statistics.MEAN ? new double[channels] : deviation);
    }

    /** Within the pixels and between them. */
    private static double variance(ColumnMoments moments, double mean, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double between = moments.mean()[i] - mean;
            sum += moments.variance()[i] + between * between;
        }
        return sum / (to - from);
    }
}
