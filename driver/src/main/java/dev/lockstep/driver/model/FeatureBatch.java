package dev.lockstep.driver.model;

import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.worker.Examples;
import java.util.Arrays;

/** Collects the preprocessed features of some examples, in the same arrays again and again. Not thread-safe. */
final class FeatureBatch {
    private static final int MOST_ROWS = 256;
    /** 16 MiB of floats: so many wide examples, such as images, are put together. */
    private static final int MOST_NUMBERS = 1 << 22;

    private final Preprocess preprocess;
    private final int rawWidth;
    private final int width;
    private final int room;
    private final float[][] features;
    private int count;

    /** @param width of one group of an example, before preprocessing */
    FeatureBatch(int groups, int width, Preprocess preprocess) {
        this(groups, width, preprocess, MOST_ROWS);
    }

    /** @param wanted examples for which there is to be room, if they are not too many */
    FeatureBatch(int groups, int width, Preprocess preprocess, int wanted) {
        this.preprocess = preprocess.equals(Chain.NONE) ? null : preprocess;
        this.rawWidth = width;
        this.width = preprocess.outputWidth(width);
        this.room = Math.max(1, Math.min(Math.min(wanted, MOST_ROWS), MOST_NUMBERS / Math.max(1, groups * this.width)));
        this.features = new float[groups][room * this.width];
    }

    int room() {
        return room;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** @param numbers group after group, before preprocessing; not changed */
    void add(double[] numbers) {
        for (int group = 0; group < features.length; group++) {
            int start = group * rawWidth;
            if (preprocess == null) {
                narrow(numbers, start, features[group]);
            } else {
                narrow(preprocess.apply(Arrays.copyOfRange(numbers, start, start + rawWidth)), 0, features[group]);
            }
        }
        count++;
    }

    private void narrow(double[] from, int start, float[] into) {
        int at = count * width;
        for (int i = 0; i < width; i++) {
            into[at + i] = (float) from[start + i];
        }
    }

    /** Those that are there; valid until {@link #clear}. */
    Examples examples() {
        float[][] filled = features;
        if (count < room) {
            filled = new float[features.length][];
            Arrays.setAll(filled, group -> Arrays.copyOf(features[group], count * width));
        }
        return new Examples(count, filled, new float[0]);
    }
}
