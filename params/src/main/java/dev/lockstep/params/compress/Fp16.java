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
        return Halves.compress(values, words, Fp16::half, HalfFloat::value);
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
        Halves.expand(words, count, into, HalfFloat::value);
    }
}
