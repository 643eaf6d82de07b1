package dev.lockstep.params.compress;

import dev.lockstep.params.ProtocolException;
import java.util.Arrays;

/**
 * The values of largest magnitude, each with its place; of equal ones those that come first. As in Aji and Heafield,
 * "Sparse Communication for Distributed Gradient Descent" (2017), and in Deep Gradient Compression, here for each range
 * by itself. What is sent and what is left are exact.
 *
 * <pre>
 *   k times: place, value        each a word, places rising; k = ⌈ratio · count⌉
 * </pre>
 *
 * @param ratio share of the values that is sent in a step, above 0 and at most 1
 */
public record TopK(double ratio) implements Compression {
    public TopK {
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio must be above 0 and at most 1: ratio=" + ratio);
        }
    }

    @Override
    public int longest(int count) {
        return 2 * kept(count);
    }

    private int kept(int count) {
        return (int) Math.ceil(ratio * count);
    }

    @Override
    public int compress(float[] values, double unit, int[] words) {
        int kept = kept(values.length);
        Smallest smallest = Smallest.of(values, kept);
        int ties = smallest.ties();
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            int magnitude = Smallest.magnitude(values[i]);
            boolean sent = magnitude > smallest.magnitude() || (magnitude == smallest.magnitude() && ties-- > 0);
            if (sent) {
                words[at] = i;
                words[at + 1] = Float.floatToRawIntBits(values[i]);
                values[i] = 0;
                at += 2;
            }
        }

        return at;
    }

    @Override
    public int length(int count, int firstWord) {
        return longest(count);
    }

    @Override
    public void expand(int[] words, int count, float[] into) {
        Arrays.fill(into, 0, count, 0);
        int before = -1;
        for (int at = 0; at < longest(count); at += 2) {
            int place = words[at];
            if (place <= before || place >= count) {
                throw new ProtocolException("Places must rise and lie in the range: place=" + place + ", before="
                        + before + ", values=" + count);
            }

            into[place] = Float.intBitsToFloat(words[at + 1]);
            before = place;
        }
    }
}
