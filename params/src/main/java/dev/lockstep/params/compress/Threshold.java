package dev.lockstep.params.compress;

import dev.lockstep.params.ProtocolException;
import java.util.Arrays;

/**
 * A step of one size and a sign for each value whose magnitude has reached it, as in Strom, "Scalable Distributed DNN
 * Training Using Commodity GPU Cloud Computing" (2015), and in Deeplearning4j's threshold encoding; the rest is kept.
 * Here the size is that of a mean gradient: values that are sums over a share are held against tau times its weight.
 * What is left is rounded once, as any difference of floats.
 *
 * <pre>
 *   n, size as a float, then n times: place, with the highest bit set for −size        each a word, places rising
 * </pre>
 *
 * <p>Of values that are not finite, the first is sent alone, as the size of a step at its place.
 *
 * @param tau finite and above 0
 */
public record Threshold(double tau) implements Compression {
    private static final int HEAD = 2;
    private static final int NEGATIVE = Integer.MIN_VALUE;

    public Threshold {
        if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tau must be finite and above 0: tau=" + tau);
        }
    }

    /** Deeplearning4j's default. */
    public Threshold() {
        this(1e-3);
    }

    @Override
    public int longest(int count) {
        return HEAD + count;
    }

    @Override
    public int compress(float[] values, double unit, int[] words) {
        float size = Math.max(Float.MIN_VALUE, (float) (tau * unit));
        int at = HEAD;
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                return alone(i, value, words);
            }
            if (Math.abs(value) >= size) {
                words[at++] = value < 0 ? i | NEGATIVE : i;
                values[i] -= Math.copySign(size, value);
            }
        }

        return list(at - HEAD, size, words);
    }

    private static int alone(int place, float value, int[] words) {
        words[HEAD] = place;
        return list(1, value, words);
    }

    private static int list(int count, float size, int[] words) {
        words[0] = count;
        words[1] = Float.floatToRawIntBits(size);
        return HEAD + count;
    }

    @Override
    public int length(int count, int firstWord) {
        if (firstWord < 0 || firstWord > count) {
            throw new ProtocolException(
                    "List must have at most as many steps as values: steps=" + firstWord + ", values=" + count);
        }

        return HEAD + firstWord;
    }

    @Override
    public void expand(int[] words, int count, float[] into) {
        Arrays.fill(into, 0, count, 0);
        float size = Float.intBitsToFloat(words[1]);
        int before = -1;
        for (int at = HEAD; at < HEAD + words[0]; at++) {
            int place = words[at] & Integer.MAX_VALUE;
            if (place <= before || place >= count) {
                throw new ProtocolException("Places must rise and lie in the range: place=" + place + ", before="
                        + before + ", values=" + count);
            }

            into[place] = words[at] < 0 ? -size : size;
            before = place;
        }
    }
}
