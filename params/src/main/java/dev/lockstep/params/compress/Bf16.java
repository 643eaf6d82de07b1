package dev.lockstep.params.compress;

/**
 * The upper half of a float, two values a word, rounded to the nearest and to even, as in PyTorch's
 * {@code bf16_compress_hook}: float's range with 8 bits of precision. The rest is exact.
 */
public record Bf16() implements Compression {
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
            values[i] -= BrainFloat.value(low);
            values[i + 1] -= BrainFloat.value(high);
        }

        if ((values.length & 1) != 0) {
            int last = values.length - 1;
            words[last >> 1] = half(values[last]);
            values[last] -= BrainFloat.value(words[last >> 1]);
        }

        return Halves.words(values.length);
    }

    private static int half(float value) {
        return BrainFloat.bits(Halves.within(BrainFloat.LARGEST, value));
    }

    @Override
    public int length(int count, int firstWord) {
        return Halves.words(count);
    }

    @Override
    public void expand(int[] words, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = BrainFloat.value(Halves.at(words, i));
        }
    }
}
