package dev.lockstep.params.compress;

import java.util.Arrays;

/** A gradient, once compressed and expanded. */
record Sent(int[] words, float[] values, float[] left) {
    static Sent of(Compression kind, float[] gradient, double unit) {
        float[] left = gradient.clone();
        int[] words = new int[kind.longest(gradient.length)];
        int length = kind.compress(left, unit, words);
        float[] values = new float[gradient.length];
        Arrays.fill(values, Float.NaN);
        kind.expand(words, values.length, values);
        return new Sent(Arrays.copyOf(words, length), values, left);
    }
}
