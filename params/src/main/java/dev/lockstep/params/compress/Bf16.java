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
        return Halves.compress(values, words, Bf16::half, BrainFloat::value);
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
        Halves.expand(words, count, into, BrainFloat::value);
    }
}
