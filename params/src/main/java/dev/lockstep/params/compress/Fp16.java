package dev.lockstep.params.compress;

/**
 * IEEE 754 half precision, two values a word, rounded to the nearest and to even, as in PyTorch's
 * {@code fp16_compress_hook}. A value above 65,504 is sent as 65,504, and the rest of it later; the rest is exact below
 * 2²⁹.
 */
public record Fp16() implements Compression {
    @Override
    public int longest(int count) {
        return Halves.words(count);
    }

    @Override
    public int compress(float[] values, double unit, int[] words) {
        for (int i = 0; i + 1 < values.length; i += 2) {
            int low = half(values[i]);
            int high = half(values[i + 1]);
            words[i >> 1] = low | high << 16;
            values[i] -= HalfFloat.value(low);
            values[i + 1] -= HalfFloat.value(high);
        }

        if ((values.length & 1) != 0) {
            int last = values.length - 1;
            words[last >> 1] = half(values[last]);
            values[last] -= HalfFloat.value(words[last >> 1]);
        }

        return Halves.words(values.length);
    }

    private static int half(float value) {
        return HalfFloat.bits(Halves.within(HalfFloat.LARGEST, value));
    }

    @Override
    public int length(int count, int firstWord) {
        return Halves.words(count);
    }

    @Override
    public void expand(int[] words, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = HalfFloat.value(Halves.at(words, i));
        }
    }
}
